/**
 * Push in the service worker. Every push shows a notification, whatever was in it: a browser takes the permission back
 * from who shows nothing. Fixed words of the server only, and never anything of a fortnight.
 */
import words from "@words/reminders.ftl?raw";
import { call, get } from "../api/client";
import type { Account, Push } from "../api/types";
import { subscribed, tell } from "../lib/push";
import { readMeta } from "../local/db";

type Reminder = { id: string; day: string; later: string; not_today: string };
/** What a notification carries for the tap on it. */
export type Carried = { device: string | null; reminder: Reminder | null };
export type Told = Carried & { title: string; tag: string };

export type Page = {
  url: string;
  focus(): Promise<unknown>;
  navigate(url: string): Promise<unknown>;
  postMessage(message: unknown, ports: MessagePort[]): void;
};
/** As much of the worker's own scope as this asks of it. */
export type Scope = {
  registration: ServiceWorkerRegistration;
  clients: {
    matchAll(options: { type: "window"; includeUncontrolled: true }): Promise<readonly Page[]>;
    openWindow(url: string): Promise<unknown>;
  };
};
type Tapped = { data: unknown; close(): void };

/** The words for a push that cannot be read. */
const TITLE = (words as unknown as Record<string, string>)["reminder-words-minute"] ?? "";
const TAG = "fortnight";
const ANSWER_MS = 1000;
/** A window can be opened only for a few seconds after the tap. */
const TAP_MS = 4000;

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

export function read(text: string | undefined): Told {
  const told: Told = { title: TITLE, tag: TAG, device: null, reminder: null };
  try {
    const { notification, device, reminder } = JSON.parse(text ?? "");
    if (isText(notification?.title)) told.title = notification.title;
    if (isText(notification?.tag)) told.tag = notification.tag;
    if (isText(device)) told.device = device;
    if ([reminder?.id, reminder?.day, reminder?.later, reminder?.not_today].every(isText))
      told.reminder = reminder;
  } catch {
    // It is shown all the same.
  }
  return told;
}

/** Shows it, and then tells the server that it was shown. */
export async function arrived(scope: Scope, text: string | undefined): Promise<void> {
  const { title, tag, device, reminder } = read(text);
  const actions = reminder && [
    { action: "later", title: reminder.later },
    { action: "not_today", title: reminder.not_today },
  ];
  const options = {
    tag,
    // Sent twice is seen once; only who asks for one by hand wants to notice the second as well.
    renotify: reminder === null,
    data: { device, reminder } satisfies Carried,
    ...(actions ? { actions } : {}),
    icon: "/icon-192.png",
    badge: "/badge-96.png",
    lang: "en",
  };
  await scope.registration.showNotification(title, options);
  if (device) await ask(`/api/push-subscriptions/${encodeURIComponent(device)}/shown`);
}

export async function tapped(scope: Scope, notification: Tapped, action: string): Promise<void> {
  notification.close();
  const reminder = (notification.data as Carried | null)?.reminder;
  const step = { later: "later", not_today: "not-today" }[action];
  if (!step || !reminder) return open(scope, "/");
  const path = `/api/reminders/${encodeURIComponent(reminder.id)}/${step}`;
  // Not signed in, or no signal: there it says how things stand.
  if (!(await ask(path, { day: reminder.day }))) return open(scope, "/reminders");
}

/** The browser has given this device another address. */
export async function moved(scope: Scope): Promise<void> {
  const account = await whose();
  if (!account) return;
  const server = await get<Push>("/api/push", { account });
  if (server.ok && server.data.key)
    await tell(await subscribed(scope.registration, server.data.key), account);
}

const whose = () =>
  readMeta<Account>("account").then(
    (account) => account?.id ?? null,
    () => null,
  );

async function ask(path: string, body: object = {}): Promise<boolean> {
  const signal = AbortSignal.timeout(TAP_MS);
  return (await call<null>("POST", path, { body, keepalive: true, account: await whose(), signal })).ok;
}

/** Brings a window of ours to the front and to that place; opens one where there is none. */
async function open(scope: Scope, path: string): Promise<void> {
  const pages = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
  const isThere = (page: Page) => new URL(page.url).pathname === path;
  const page = pages.find(isThere) ?? pages[0];
  if (!page) return void (await scope.clients.openWindow(path));
  await page.focus().catch(() => undefined);
  if (isThere(page) || (await goes(page, path))) return;
  await page.navigate(path).catch(() => scope.clients.openWindow(path));
}

/** Asks the page to go there by itself: it knows what is half written on it. False where it does not answer. */
function goes(page: Page, path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const done = (heard: boolean) => {
      port1.close();
      resolve(heard);
    };
    port1.onmessage = () => done(true);
    page.postMessage({ go: path }, [port2]);
    setTimeout(done, ANSWER_MS, false);
  });
}
