/**
 * Being let in and saying goodbye. The one brings a cookie, the answer to the other takes it back: they must not cross.
 * No screen needs this before somebody signs in or out.
 */
import { type Answer, call, post } from "../api/client";
import { forgetLeaving, leaving } from "./session.svelte";

const LONGEST_GOODBYE_MS = 20_000;
/** The goodbye that is on its way to the server. */
let goodbye: AbortController | null = null;

/** Ends the session on the server. False without an answer: then it is told later, before anything is asked of it. */
export async function leave(): Promise<boolean> {
  goodbye?.abort();
  const mine = new AbortController();
  goodbye = mine;
  const enough = setTimeout(() => mine.abort(), LONGEST_GOODBYE_MS);
  // What outlives its page cannot be taken back any more (`enter` must), so only a page that closes asks for that.
  const account = leaving();
  const closing = () => void call("DELETE", "/api/session", { keepalive: true, account });
  addEventListener("pagehide", closing);
  const answer = await call<null>("DELETE", "/api/session", { signal: mine.signal, account });
  removeEventListener("pagehide", closing);
  clearTimeout(enough);
  const heard = !mine.signal.aborted && (answer.ok || answer.problem.status === 401);
  if (heard) forgetLeaving();
  return heard;
}

/**
 * Asks to be let in. A goodbye of the one before that is still on its way is dropped: its answer takes the cookie back,
 * and would take that of the next person. Letting somebody in ends the session that the cookie stood for.
 */
export async function enter<T>(path: string, body: unknown): Promise<Answer<T>> {
  goodbye?.abort();
  const answer = await post<T>(path, body);
  // The session that was to end has ended with that: what is on its screen before `signedIn` is not signed out by it.
  if (answer.ok) forgetLeaving();
  else if (leaving()) void leave();
  return answer;
}

/** Goes on with a signing out that was not finished. False where the server still has not heard of it. */
export async function finish(whose: string): Promise<boolean> {
  await import("../local/sign-out").then((door) => door.wipe(whose)).catch(() => undefined);
  return leave();
}
