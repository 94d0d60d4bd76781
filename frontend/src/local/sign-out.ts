/**
 * Leaving this phone. What is not yet with the server is offered first (send it, or take it along as a file); then
 * everything of the account on this phone is deleted from script, whether or not the server can be reached.
 */
import { leave } from "../state/goodbye";
import { session } from "../state/session.svelte";
import { go } from "../router";
import { type Entry, database, ofAccount } from "./db";
import { forgetDrafts } from "./draft-writing";
import { readDays, unsent } from "./outbox";
import { endPush } from "./push-here";
import { forgetSafetyPlan } from "./safety-plan-here";
import { sendAll } from "./send";
import { sync } from "./sync";

/** Entries that exist only on this phone. Show their number before signing out. */
export function unsentEntries(account: string): Promise<Entry[]> {
  return unsent(account);
}

/** Tries to send now. True when nothing is left that exists only here. */
export async function sendUnsent(account: string): Promise<boolean> {
  await sync(account, sendAll);
  return (await unsent(account)).length === 0;
}

/** Downloads the unsent days as a JSON file. */
export async function exportUnsent(account: string): Promise<void> {
  const entries = await unsent(account);
  const days = [];
  for (const experiment of new Set(entries.map((entry) => entry.experiment))) {
    const waiting = new Set(entries.filter((e) => e.experiment === experiment).map((e) => e.day));
    for (const row of await readDays(account, experiment)) {
      if (!waiting.has(row.day)) continue;
      const { day, written_at, zone, answers } = row;
      days.push({ experiment, day, written_at, zone, answers });
    }
  }
  const url = URL.createObjectURL(
    new Blob([JSON.stringify({ days }, null, 2)], { type: "application/json" }),
  );
  const link = document.createElement("a");
  link.href = url;
  link.download = "fortnight-not-yet-sent.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/**
 * Signs out. The phone first, and without waiting for any network: the server hears of it afterwards, now or, where it
 * cannot be reached, as soon as it can (`state/session`).
 */
export async function signOut(): Promise<void> {
  const account = session.account?.id;
  session.begunToLeave();
  if (account) await wipe(account).catch(() => undefined);
  session.signedOut();
  go("/sign-in", "replace");
  void leave();
  // Once more: an answer that was on its way could have been kept between the two.
  if (account) await wipe(account).catch(() => undefined);
}

/** Deletes everything of one account that is on this phone. */
export async function wipe(account: string): Promise<void> {
  forgetDrafts(account);
  forgetSafetyPlan();
  void endPush().catch(() => undefined); // in its own time: the browser may ask a network for it
  const db = await database();
  const tx = db.transaction(["check_ins", "outbox", "experiments", "meta"], "readwrite");
  for (const store of ["check_ins", "outbox", "experiments"] as const)
    await tx.objectStore(store).delete(ofAccount(account));
  await tx.objectStore("meta").clear();
  // A browser that is killed now forgets what local storage was told last, but not this.
  await tx.objectStore("meta").put(account, "left");
  await tx.done;
}
