/// <reference lib="webworker" />
/**
 * Opens the app with no network, and sends what waits when the browser says there is a signal. It holds the files of
 * the build and nothing else: no answer of the API is ever kept here.
 */
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";
import type { Account } from "./api/types";
import { readMeta } from "./local/db";
import { sendAll } from "./local/send";
import { sync } from "./local/sync";
import * as push from "./worker/push";

declare const self: ServiceWorkerGlobalScope;

precacheAndRoute(self.__WB_MANIFEST, { cleanURLs: false, directoryIndex: null as unknown as string });
cleanupOutdatedCaches();

// Help is a page of its own: it opens signed out, with no network and no script.
registerRoute(
  new NavigationRoute(createHandlerBoundToURL("/help.html"), { allowlist: [/^\/help(\.html)?$/] }),
);
registerRoute(
  new NavigationRoute(createHandlerBoundToURL("/index.html"), {
    denylist: [
      /^\/api\b/,
      /^\/health\b/,
      /^\/metrics\b/,
      /^\/docs\b/,
      /^\/redoc\b/,
      /^\/openapi/,
      /^\/s([/?]|$)/, // for whoever has a link
      /\/[^/]+\.[a-z0-9]+$/,
    ],
  }),
);

// A new version waits until a page says that the person agreed.
self.addEventListener("message", (event) => {
  if (event.data === "take-over") void self.skipWaiting();
});

// The first visit: the page that is open now works offline from here on.
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => event.waitUntil(push.arrived(self, event.data?.text())));
self.addEventListener("notificationclick", (event) =>
  event.waitUntil(push.tapped(self, event.notification, event.action)),
);
self.addEventListener("pushsubscriptionchange", (event) =>
  (event as ExtendableEvent).waitUntil(push.moved(self).catch(() => undefined)),
);

type SyncEvent = ExtendableEvent & { tag: string };
self.addEventListener("sync", (event) => {
  const { tag } = event as SyncEvent;
  if (tag === "fortnight-outbox") (event as SyncEvent).waitUntil(sendInBackground());
});

async function sendInBackground(): Promise<void> {
  const pages = await self.clients.matchAll({ type: "window" });
  if (pages.length > 0) {
    // A page that is open sends by itself and shows what happens.
    for (const page of pages) page.postMessage("sent");
    return;
  }
  const account = await readMeta<Account>("account");
  if (!account) return;
  const { state } = await sync(account.id, sendAll);
  if (state === "no-answer" || state === "slow-down") throw new Error("not sent yet"); // the browser tries again
}
