/**
 * When to send: 2 s after the last tap, on hiding, at start, on `online`, on becoming visible, on the service worker's
 * word, and again after a pause that grows. The page loads this when its first screen stands.
 */
import { refreshSafetyPlan } from "../local/safety-plan";
import { pushFor } from "../local/push-here";
import { type Outcome, type Send, sync } from "../local/sync";
import { lastSending, showState } from "./bar";
import { tellOfChanges } from "./changes";
import { experiments, refreshExperiments } from "./experiments.svelte";
import { session } from "./session.svelte";

const QUIET_MS = 2000;
const FIRST_PAUSE_S = 5;
const LONGEST_PAUSE_S = 300;

/** Most visits begin with nothing to send: what sends is brought beforehand, and waited for only where it is needed. */
export const sending = () => import("../local/send");
const send: Send = async (account, keepalive) => (await sending()).sendAll(account, keepalive);
let channel: BroadcastChannel | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
let tries = 0;
let started = false;

/** Called whenever somebody signed in here: sends and brings; listens from the first time on. */
export function startSender(asked: boolean): void {
  void run({ pull: true, fresh: true, asked }).then(lookAfterPush);
  if (started) return;
  started = true;
  channel = "BroadcastChannel" in globalThis ? new BroadcastChannel("fortnight") : null;
  channel?.addEventListener("message", () => {
    tellOfChanges();
    void showState();
  });
  addEventListener("online", () => void run({ pull: true }));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void run({ pull: true, fresh: true });
    else void run({ keepalive: true });
  });
  addEventListener("pagehide", () => void run({ keepalive: true }));
  void navigator.storage?.persist?.().catch(() => undefined);
}

/** Whether reminders still arrive here is looked at when all else is done, and only where they ever did. */
export async function lookAfterPush(): Promise<void> {
  if (session.account?.role !== "client") return;
  if (pushFor() === null && globalThis.Notification?.permission !== "granted") return;
  await import("./push").then((it) => it.repairAnew()).catch(() => undefined);
}

/** Something was kept on this phone: send it after a moment of quiet. */
export function soon(): void {
  clearTimeout(timer);
  timer = setTimeout(() => void run({ pull: true }), QUIET_MS);
  void sending().catch(() => undefined); // here also when the next thing is that the page is hidden
  askForBackgroundSync();
}

type Run = { pull?: boolean; keepalive?: boolean; fresh?: boolean; asked?: boolean };

/** Sends and brings. `fresh` also asks for the experiments (unless just `asked`) and the plan. */
export async function run(how: Run = {}): Promise<void> {
  const account = session.account?.id;
  if (!account || session.account?.role !== "client") return;
  clearTimeout(timer);
  let outcome: Outcome;
  try {
    if ((how.fresh && !how.asked) || !experiments.answered) await refreshExperiments();
    outcome = await sync(account, send, { pull: how.pull, keepalive: how.keepalive });
    if (how.fresh && outcome.state === "done") await refreshSafetyPlan(() => session.account?.id === account);
  } catch {
    // The phone's own storage failed: what is typed is told about by whoever tried to keep it.
    outcome = { state: "no-answer", retryAfter: null };
  }
  lastSending.state = outcome.state;
  if (session.account?.id === account) session.expired = outcome.state === "sign-in";
  if (outcome.state === "done" || outcome.state === "sign-in") tries = 0;
  else if (!how.keepalive) {
    const pause = Math.min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** tries) * (0.75 + Math.random() / 2);
    tries = Math.min(tries + 1, 10);
    timer = setTimeout(() => void run({ pull: true }), Math.max(pause, outcome.retryAfter ?? 0) * 1000);
  }
  tellOfChanges();
  channel?.postMessage("changed");
  await showState();
}

function askForBackgroundSync(): void {
  void navigator.serviceWorker?.ready
    .then((registration) => {
      const background = (registration as { sync?: { register(tag: string): Promise<void> } }).sync;
      return background?.register("fortnight-outbox");
    })
    .catch(() => undefined);
}
