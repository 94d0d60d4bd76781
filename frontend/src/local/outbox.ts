/**
 * What is kept on this phone, and what of it waits to be sent. A tap writes the day and its entry in one transaction.
 * What becomes of an entry is in `settle.ts`.
 */
import type { Answers, CheckInRow } from "../api/types";
import { isEmpty, wholeAnswers } from "../lib/answers";
import { type Entry, type LocalDay, STRICT, database, ofAccount } from "./db";

export type Place = { account: string; experiment: string; day: string };

export const keyOf = (place: Place): [string, string, string] => [place.account, place.experiment, place.day];
export const newTap = () => crypto.randomUUID();

/** Keeps a whole day on this phone and puts it in the outbox. Rejects when the phone could not keep it. */
export async function keepDay(place: Place, answers: Answers, zone: string, now: Date): Promise<LocalDay> {
  const db = await database();
  const tx = db.transaction(["check_ins", "outbox"], "readwrite", STRICT);
  const key = keyOf(place);
  try {
    const [was, entry] = await Promise.all([
      tx.objectStore("check_ins").get(key),
      tx.objectStore("outbox").get(key),
    ]);
    const row: LocalDay = {
      ...place,
      answers,
      written_at: now.toISOString(),
      zone,
      base: was?.base ?? null,
      base_revision: was?.base_revision ?? 0,
    };
    const asking = entry?.theirs ?? null;
    void tx
      .objectStore("check_ins")
      .put(row)
      .catch(() => undefined);
    void tx
      .objectStore("outbox")
      .put({
        ...place,
        tap: newTap(),
        queued_at: entry?.queued_at ?? row.written_at,
        // Two texts still to choose between stay so; anything else deserves a new try with the new words.
        status: asking ? "needs-you" : "waiting",
        reason: asking ? (entry?.reason ?? null) : null,
        theirs: asking,
      })
      .catch(() => undefined);
    await tx.done;
    return row;
  } catch (error) {
    await tx.done.catch(() => undefined);
    throw error;
  }
}

export async function readDay(
  place: Place,
): Promise<{ row: LocalDay | undefined; entry: Entry | undefined }> {
  const db = await database();
  const tx = db.transaction(["check_ins", "outbox"]);
  const key = keyOf(place);
  const [row, entry] = await Promise.all([
    tx.objectStore("check_ins").get(key),
    tx.objectStore("outbox").get(key),
  ]);
  await tx.done;
  return { row: row && { ...row, answers: wholeAnswers(row.answers) }, entry };
}

export async function readDays(account: string, experiment: string): Promise<LocalDay[]> {
  const db = await database();
  const rows = await db
    .from("check_ins")
    .getAll(IDBKeyRange.bound([account, experiment], [account, experiment, []]));
  return rows.map((row) => ({ ...row, answers: wholeAnswers(row.answers) }));
}

/** How many days of this account are on this phone. */
export async function keptDays(account: string): Promise<number> {
  return (await database()).from("check_ins").count(ofAccount(account));
}

/** Everything of this account that the server does not have yet, oldest day first. */
export async function unsent(account: string): Promise<Entry[]> {
  const db = await database();
  return db.from("outbox").getAll(ofAccount(account));
}

/**
 * What other devices wrote. A day that waits here is left alone: its own sending brings both together. What arrives
 * after signing out, or for an experiment deleted meanwhile, is not kept.
 */
export async function takeIn(
  account: string,
  experiment: string,
  rows: CheckInRow[],
  cursor: number,
): Promise<void> {
  const db = await database();
  const tx = db.transaction(["check_ins", "outbox", "experiments"], "readwrite", STRICT);
  const mirrored = await tx.objectStore("experiments").get([account, experiment]);
  for (const stored of mirrored ? rows : []) {
    const place = { account, experiment, day: stored.day };
    if (await tx.objectStore("outbox").getKey(keyOf(place))) continue;
    if (stored.unreadable) {
      const was = await tx.objectStore("check_ins").get(keyOf(place));
      const row = closed(place, stored, was);
      await tx.objectStore("check_ins").put(row);
      // What this phone still has of that very revision goes out again, and makes the day whole. Not a day of a
      // diary: its numbers may be on a scale of their own, which no phone knows.
      if (was?.base_revision === stored.revision && !row.unreadable && mirrored?.experiment.kind !== "diary")
        await tx.objectStore("outbox").put(newEntry(place, row.written_at));
      continue;
    }
    const answers = wholeAnswers(stored.answers);
    await tx.objectStore("check_ins").put({
      ...place,
      answers,
      written_at: stored.written_at,
      zone: stored.zone,
      base: answers,
      base_revision: stored.revision,
    });
  }
  if (mirrored) await tx.objectStore("experiments").put({ ...mirrored, cursor });
  await tx.done;
}

/** A day that does not open on the server: what this phone has of it stays, and can be sent over it. */
function closed(place: Place, stored: CheckInRow, was: LocalDay | undefined): LocalDay {
  const answers = wholeAnswers(was?.answers ?? null);
  const { written_at, zone, revision } = stored;
  const known = was ?? { ...place, written_at, zone };
  return { ...known, answers, base: null, base_revision: revision, unreadable: isEmpty(answers) };
}

function newEntry(place: Place, queued_at: string): Entry {
  return { ...place, tap: newTap(), queued_at, status: "waiting", reason: null, theirs: null };
}
