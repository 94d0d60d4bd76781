/**
 * What somebody else left on this phone: their session ended and they never signed out. Whoever signs in next takes it
 * away, except days that were not sent yet: those are the only copy, and wait until the one who wrote them is back.
 * Nobody is told whose they are.
 */
import { STRICT, database } from "./db";
import { forgetDraftsOfOthers } from "./draft-writing";

/** Deletes every row and draft of other accounts that the server has too. */
export async function tidyOthers(account: string): Promise<void> {
  forgetDraftsOfOthers(account);
  const db = await database();
  const tx = db.transaction(["check_ins", "outbox", "experiments"], "readwrite", STRICT);
  for (const key of await tx.objectStore("check_ins").getAllKeys()) {
    if (key[0] === account || (await tx.objectStore("outbox").getKey(key)) !== undefined) continue;
    await tx.objectStore("check_ins").delete(key);
  }
  for (const key of await tx.objectStore("experiments").getAllKeys())
    if (key[0] !== account) await tx.objectStore("experiments").delete(key);
  await tx.done;
}

/** How many check-ins wait here for somebody other than `account`; for anybody, where nobody is signed in. */
export async function waitingForOthers(account: string | undefined): Promise<number> {
  const keys = await (await database()).from("outbox").getAllKeys();
  return keys.filter((key) => key[0] !== account).length;
}
