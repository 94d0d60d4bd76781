/** How far sending and bringing came. */
import { type Problem, isOurs } from "../api/client";

export type Outcome = {
  /** `done`: nothing waits any more that could be sent. */
  state: "done" | "no-answer" | "slow-down" | "sign-in";
  /** Seconds the server asked us to wait. */
  retryAfter: number | null;
};

export const DONE: Outcome = { state: "done", retryAfter: null };

/** What time or signing in will mend; null for what needs the person. */
export function willPass(problem: Problem): Outcome | null {
  const { status, retryAfter } = problem;
  if (status === 401) return { state: "sign-in", retryAfter: null };
  if (status === 429 || status === 503) return { state: "slow-down", retryAfter };
  if (status === 0 || status === 408 || status >= 500) return { state: "no-answer", retryAfter };
  // Somebody between may say that it is too large, and nothing else that our server would not say itself.
  if (status !== 413 && !isOurs(problem)) return { state: "no-answer", retryAfter };
  return null;
}
