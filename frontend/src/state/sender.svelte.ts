/**
 * When to send: 2 s after the last tap, on hiding, at start, on `online`, on becoming visible, on the service worker's
 * word, and again after a pause that grows. It keeps the bottom bar true.
 */
import { keptDays, unsent } from "../local/outbox";
import { refreshPlan } from "../local/plan";
import { type Outcome, type Send, sync } from "../local/sync";
import { experiments, refreshExperiments } from "./experiments.svelte";
import { saved } from "./saved.svelte";
import { session } from "./session.svelte";

const QUIET_MS = 2000;
const FIRST_PAUSE_S = 5;
const LONGEST_PAUSE_S = 300;

const sending = () => import("../local/send");
const send: Send = async (account, keepalive) => (await sending()).sendAll(account, keepalive);
const told = new Set<() => void>();
let channel: BroadcastChannel | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
let tries = 0;
let last: Outcome["state"] = "done";
let started = false;

/** Calls back when rows changed other than by this screen: something was sent, or came from another device. */
export function onChange(listener: () => void): () => void {
  told.add(listener);
  return () => told.delete(listener);
}

function tell(): void {
  for (const listener of told) listener();
}

/** Called whenever somebody signed in here: reads their rows, sends and brings; listens from the first time on. */
export function startSender(): void {
  void experiments.load();
  void run({ pull: true, fresh: true });
  if (started) return;
  started = true;
  channel = "BroadcastChannel" in globalThis ? new BroadcastChannel("fortnight") : null;
  channel?.addEventListener("message", () => {
    tell();
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

/** Something was kept on this phone: send it after a moment of quiet. */
export function soon(): void {
  clearTimeout(timer);
  last = "done";
  timer = setTimeout(() => void run({ pull: true }), QUIET_MS);
  // What sends is here before it is needed, also when the next thing is that the page is hidden.
  void sending().catch(() => undefined);
  void showState();
  askForBackgroundSync();
}

type Run = { pull?: boolean; keepalive?: boolean; fresh?: boolean };

/** Sends and brings. `fresh` also asks for the experiments and the plan. */
export async function run(how: Run = {}): Promise<void> {
  const account = session.account?.id;
  if (!account || session.account?.role !== "client") return;
  clearTimeout(timer);
  let outcome: Outcome;
  try {
    if (how.fresh || !experiments.answered) await refreshExperiments();
    outcome = await sync(account, send, { pull: how.pull, keepalive: how.keepalive });
    if (how.fresh && outcome.state === "done") await refreshPlan(() => session.account?.id === account);
  } catch {
    // The phone's own storage failed: what is typed is told about by whoever tried to keep it.
    outcome = { state: "no-answer", retryAfter: null };
  }
  last = outcome.state;
  if (session.account?.id === account) session.expired = outcome.state === "sign-in";
  if (outcome.state === "done" || outcome.state === "sign-in") tries = 0;
  else if (!how.keepalive) {
    const pause = Math.min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** tries) * (0.75 + Math.random() / 2);
    tries = Math.min(tries + 1, 10);
    timer = setTimeout(() => void run({ pull: true }), Math.max(pause, outcome.retryAfter ?? 0) * 1000);
  }
  tell();
  channel?.postMessage("changed");
  await showState();
}

/** Says in the bottom bar where things are. A failed write stays in view until a write succeeds. */
export async function showState(): Promise<void> {
  const account = session.account?.id;
  if (!account) return;
  try {
    const entries = await unsent(account);
    saved.unsent = entries.length;
    if (saved.state === "lost" || saved.state === "keeping") return;
    if (entries.some((entry) => entry.status === "needs-you")) saved.state = "needs-you";
    else if (entries.length > 0) {
      if (session.expired) saved.state = "sign-in";
      else saved.state = last === "no-answer" || last === "slow-down" ? "waiting" : "phone";
    } else saved.state = (saved.any ?? (await keptDays(account)) > 0) ? "both" : "tap";
  } catch {
    // Storage that cannot be read says nothing about what is kept; leave the last true word.
  }
}

function askForBackgroundSync(): void {
  void navigator.serviceWorker?.ready
    .then((registration) => {
      const background = (registration as { sync?: { register(tag: string): Promise<void> } }).sync;
      return background?.register("fortnight-outbox");
    })
    .catch(() => undefined);
}
