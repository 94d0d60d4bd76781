/** Keeps the bottom bar true: where what was written is at this moment. */
import type { Outcome } from "../local/outcome";
import { keptDays, unsent } from "../local/outbox";
import { saved } from "./saved.svelte";
import { session } from "./session.svelte";

/** How the last sending ended. */
export const lastSending: { state: Outcome["state"] } = { state: "done" };

/** Something was kept on this phone: whatever the last sending said is past. */
export function showKept(): void {
  lastSending.state = "done";
  void showState();
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
      else
        saved.state =
          lastSending.state === "no-answer" || lastSending.state === "slow-down" ? "waiting" : "phone";
    } else saved.state = (saved.any ?? (await keptDays(account)) > 0) ? "both" : "tap";
  } catch {
    // Storage that cannot be read says nothing about what is kept; leave the last true word.
  }
}
