/**
 * Sends what waits, then brings what other devices wrote. One at a time across all tabs and the service worker (a Web
 * Lock). Never throws; says how far it came. The failed request decides what "offline" is, not `navigator.onLine`.
 */
import { get } from "../api/client";
import type { CheckInsSince } from "../api/types";
import { readMeta, writeMeta } from "./db";
import { mirrored } from "./experiments";
import { DONE, type Outcome, willPass } from "./outcome";
import { takeIn, unsent } from "./outbox";

export type { Outcome };

const NOT_BEFORE = "not-before";
const LONGEST_WAIT_S = 3600;

/** `sendAll` of `send.ts`; the page loads that with the first thing there is to send. */
export type Send = (account: string, keepalive: boolean) => Promise<Outcome>;

export type SyncOptions = {
  /** Also fetch what other devices wrote. */
  pull?: boolean;
  /** The page is being hidden: let the browser finish the request. */
  keepalive?: boolean;
};

export async function sync(account: string, send: Send, options: SyncOptions = {}): Promise<Outcome> {
  return withLock(async () => {
    const wait = await waitAsked(Date.now());
    if (wait > 0) return { state: "slow-down", retryAfter: wait };
    const sent = await sendWaiting(account, send, options.keepalive ?? false);
    if (sent.retryAfter !== null && sent.state === "slow-down")
      await writeMeta(NOT_BEFORE, Date.now() + sent.retryAfter * 1000).catch(() => undefined);
    if (sent.state !== "done" || !options.pull) return sent;
    return pullAll(account);
  });
}

async function withLock<T>(work: () => Promise<T>): Promise<T> {
  const locks = globalThis.navigator?.locks;
  return locks ? (locks.request("fortnight-sync", work) as Promise<T>) : work();
}

/** Seconds still to wait because the server said so (Retry-After); survives a reload, and a wrong clock. */
async function waitAsked(now: number): Promise<number> {
  const until = (await readMeta<number>(NOT_BEFORE).catch(() => undefined)) ?? 0;
  const seconds = (until - now) / 1000;
  return seconds > 0 && seconds <= LONGEST_WAIT_S ? Math.ceil(seconds) : 0;
}

/** Most visits begin with nothing to send: then what sends is not asked for. */
async function sendWaiting(account: string, send: Send, keepalive: boolean): Promise<Outcome> {
  return (await unsent(account)).length === 0 ? DONE : send(account, keepalive);
}

async function pullAll(account: string): Promise<Outcome> {
  for (const { id, cursor, experiment } of await mirrored(account)) {
    if (experiment.status === "draft") continue;
    const answer = await get<CheckInsSince>(`/api/experiments/${id}/check-ins?since=${cursor}`, { account });
    if (answer.ok) {
      if (!Array.isArray(answer.data?.check_ins)) return { state: "no-answer", retryAfter: null };
      await takeIn(account, id, answer.data.check_ins, answer.data.cursor);
    } else {
      const passing = willPass(answer.problem);
      if (passing) return passing;
    }
  }
  return DONE;
}
