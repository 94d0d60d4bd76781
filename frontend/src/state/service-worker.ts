/** Registers the service worker, and offers a newer version only by asking. */
import { go } from "../router";
import { update } from "./update.svelte";

/** The content policy takes the address of a worker only from a named policy, and this one knows a single address. */
type Policies = {
  createPolicy(name: string, rules: { createScriptURL(): string }): { createScriptURL(url: string): string };
};
function workerAddress(): string {
  const policies = (globalThis as { trustedTypes?: Policies }).trustedTypes;
  const policy = policies?.createPolicy("fortnight-worker", { createScriptURL: () => "/sw.js" });
  return policy ? policy.createScriptURL("") : "/sw.js";
}

const LOOK_AGAIN_MS = 60_000;

export async function startServiceWorker(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  const worker = navigator.serviceWorker;
  worker.addEventListener("message", (event) => {
    if (typeof event.data?.go === "string") {
      // Somebody tapped a notification. What is half written and kept nowhere stays in view.
      if (!update.held) go(event.data.go);
      event.ports[0]?.postMessage(true);
    }
    if (event.data === "sent") void import("./sender.svelte").then(({ run }) => run({ pull: true }));
  });
  let registration: ServiceWorkerRegistration;
  try {
    registration = await worker.register(workerAddress(), { scope: "/", updateViaCache: "none" });
  } catch {
    return; // Private windows and old browsers: the app works, with a signal.
  }

  const offer = () => {
    const waiting = registration.waiting;
    if (!waiting || !worker.controller) return;
    update.offer(() => {
      // The new worker takes over, and only then the page is opened anew: never a blank page in between.
      worker.addEventListener("controllerchange", () => location.reload(), { once: true });
      waiting.postMessage("take-over");
    });
  };
  offer();
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    coming?.addEventListener("statechange", () => {
      if (coming.state === "installed") offer();
    });
  });

  let looked = Date.now();
  const look = () => {
    if (document.visibilityState !== "visible" || Date.now() - looked < LOOK_AGAIN_MS) return;
    looked = Date.now();
    void registration.update().catch(() => undefined);
  };
  addEventListener("focus", look);
  document.addEventListener("visibilitychange", look);
}
