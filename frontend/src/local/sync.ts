/**
 * Sends what waits, then brings what other devices wrote. One at a time across all tabs and the service worker (a Web
 * Lock). Never throws; says how far it came. The failed request decides what "offline" is, not `navigator.onLine`.
 */
import { type Problem, get, call } from "../api/client";
import type { Account, CheckInConflict, CheckInRow, CheckInsSince } from "../api/types";
import { readMeta, writeMeta } from "./db";
import { mirrored } from "./experiments";
import { type Place, bodyOf, settleConflict, settleRefused, settleSent, takeIn, unsent } from "./outbox";

export type Outcome = {
  /** `done`: nothing waits any more that could be sent. */
  state: "done" | "no-answer" | "slow-down" | "sign-in";
  /** Seconds the server asked us to wait. */
  retryAfter: number | null;
};

const DONE: Outcome = { state: "done", retryAfter: null };
const NOT_BEFORE = "not-before";
const LONGEST_WAIT_S = 3600;

export type SyncOptions = {
  /** Also fetch what other devices wrote. */
  pull?: boolean;
  /** The page is being hidden: let the browser finish the request. */
  keepalive?: boolean;
};

export async function sync(account: string, options: SyncOptions = {}): Promise<Outcome> {
  return withLock(async () => {
    const wait = await waitAsked(Date.now());
    if (wait > 0) return { state: "slow-down", retryAfter: wait };
    const sent = await sendAll(account, options.keepalive ?? false);
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

async function sendAll(account: string, keepalive: boolean): Promise<Outcome> {
  for (const entry of await unsent(account)) {
    // Twice is plenty for one day: each 409 brings the newest revision with it.
    for (let tries = 0; tries < 3; tries += 1) {
      const outcome = await sendOne(entry, keepalive);
      if (outcome === "again") continue;
      if (outcome !== null) return outcome;
      break;
    }
  }
  return DONE;
}

async function sendOne(place: Place, keepalive: boolean): Promise<Outcome | "again" | null> {
  const waiting = await bodyOf(place);
  if (!waiting) return null;
  const path = `/api/experiments/${place.experiment}/check-ins/${place.day}`;
  const answer = await call<CheckInRow>("PUT", path, { body: waiting.body, keepalive });
  if (answer.ok) {
    await settleSent(place, waiting.tap, answer.data);
    return null;
  }
  const { problem } = answer;
  const passing = willPass(problem);
  if (passing) return passing;
  if (problem.status === 409 && problem.code === "check-in-conflict") {
    const { stored } = problem.body as CheckInConflict;
    return (await settleConflict(place, stored)) === "again" ? "again" : null;
  }
  // A 404 is also what another account's session would get: only the account that wrote an entry decides about it.
  if (problem.status === 404 || problem.status === 403) {
    const who = await get<{ account: Account }>("/api/session");
    if (!who.ok) return willPass(who.problem) ?? { state: "no-answer", retryAfter: null };
    if (who.data.account.id !== place.account) return { state: "sign-in", retryAfter: null };
  }
  const { status, code, detail } = problem;
  await settleRefused(place, waiting.tap, { status, code, detail });
  return null;
}

/** What time or signing in will mend; null for what needs the person. */
function willPass(problem: Problem): Outcome | null {
  const { status, retryAfter } = problem;
  if (status === 401) return { state: "sign-in", retryAfter: null };
  if (status === 429 || status === 503) return { state: "slow-down", retryAfter };
  if (status === 0 || status === 408 || status >= 500) return { state: "no-answer", retryAfter };
  return null;
}

async function pullAll(account: string): Promise<Outcome> {
  for (const { id, cursor, experiment } of await mirrored(account)) {
    if (experiment.status === "draft") continue;
    const answer = await get<CheckInsSince>(`/api/experiments/${id}/check-ins?since=${cursor}`);
    if (answer.ok) await takeIn(account, id, answer.data.check_ins, answer.data.cursor);
    else {
      const passing = willPass(answer.problem);
      if (passing) return passing;
    }
  }
  return DONE;
}
