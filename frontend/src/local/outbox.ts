/**
 * What waits to be sent. A tap writes the day and its entry in one transaction; what the server says about it is
 * settled in one transaction too, and never touches what was tapped meanwhile.
 */
import type { Answers, CheckInPut, CheckInRow } from "../api/types";
import { wholeAnswers } from "../lib/answers";
import { type Entry, type LocalDay, STRICT, database, ofAccount } from "./db";
import { type TextField, merge } from "./merge";

export type Place = { account: string; experiment: string; day: string };

const keyOf = (place: Place): [string, string, string] => [place.account, place.experiment, place.day];
const newTap = () => crypto.randomUUID();

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
  const rows = await db.getAll(
    "check_ins",
    IDBKeyRange.bound([account, experiment], [account, experiment, []]),
  );
  return rows.map((row) => ({ ...row, answers: wholeAnswers(row.answers) }));
}

/** How many days of this account are on this phone. */
export async function keptDays(account: string): Promise<number> {
  return (await database()).count("check_ins", ofAccount(account));
}

/** Everything of this account that the server does not have yet, oldest day first. */
export async function unsent(account: string): Promise<Entry[]> {
  const db = await database();
  return db.getAll("outbox", ofAccount(account));
}

/** The body to send for an entry, from the day as it stands now; null when the entry is gone or needs the person. */
export async function bodyOf(place: Place): Promise<{ tap: string; body: CheckInPut } | null> {
  const { row, entry } = await readDay(place);
  if (!row || !entry || entry.status !== "waiting") return null;
  const { answers, base_revision, written_at, zone } = row;
  return { tap: entry.tap, body: { ...answers, base_revision, written_at, zone } };
}

/** 2xx: the server has it. The entry goes, unless something was tapped since it was sent. */
export async function settleSent(place: Place, tap: string, stored: CheckInRow): Promise<void> {
  const db = await database();
  const tx = db.transaction(["check_ins", "outbox"], "readwrite", STRICT);
  const key = keyOf(place);
  const [row, entry] = await Promise.all([
    tx.objectStore("check_ins").get(key),
    tx.objectStore("outbox").get(key),
  ]);
  const base = wholeAnswers(stored.answers);
  if (row) {
    const answers = entry && entry.tap !== tap ? row.answers : base;
    await tx.objectStore("check_ins").put({ ...row, answers, base, base_revision: stored.revision });
  }
  if (entry?.tap === tap) await tx.objectStore("outbox").delete(key);
  await tx.done;
}

/**
 * 409: someone (this person on another device) wrote the day too. Merged here, sent again, asked only about words.
 * `stored` is null where the server has lost the day (an older backup was brought back): then it goes out as new.
 */
export async function settleConflict(
  place: Place,
  stored: CheckInRow | null,
): Promise<"again" | "needs-you"> {
  const db = await database();
  const tx = db.transaction(["check_ins", "outbox"], "readwrite", STRICT);
  const key = keyOf(place);
  const [row, entry] = await Promise.all([
    tx.objectStore("check_ins").get(key),
    tx.objectStore("outbox").get(key),
  ]);
  let next: "again" | "needs-you" = "again";
  if (row && entry && !stored) {
    await tx.objectStore("check_ins").put({ ...row, base: null, base_revision: 0 });
    await tx.objectStore("outbox").put({ ...entry, tap: newTap() });
  } else if (row && entry && stored) {
    const theirs = wholeAnswers(stored.answers);
    const later =
      stored.clock_skewed || Date.parse(row.written_at) >= Date.parse(stored.written_at) ? "mine" : "theirs";
    const { answers, ask } = merge(
      row.base && wholeAnswers(row.base),
      wholeAnswers(row.answers),
      theirs,
      later,
    );
    const asking = Object.keys(ask).length > 0;
    await tx.objectStore("check_ins").put({ ...row, answers, base: theirs, base_revision: stored.revision });
    await tx.objectStore("outbox").put({
      ...entry,
      tap: newTap(),
      status: asking ? "needs-you" : "waiting",
      reason: asking ? { status: 409, code: "two-texts", detail: "" } : null,
      theirs: asking ? ask : null,
    });
    if (asking) next = "needs-you";
  }
  await tx.done;
  return next;
}

/** Refused for good (413, 422, 404 …): the words stay, with the reason, until the person changes or removes them. */
export async function settleRefused(place: Place, tap: string, reason: Entry["reason"]): Promise<void> {
  const db = await database();
  const tx = db.transaction("outbox", "readwrite", STRICT);
  const entry = await tx.store.get(keyOf(place));
  if (entry?.tap === tap) await tx.store.put({ ...entry, status: "needs-you", reason });
  await tx.done;
}

/** The person chose between two texts: the chosen words are kept, and the day goes out. */
export async function choose(
  place: Place,
  chosen: Partial<Record<TextField, string>>,
  now: Date,
): Promise<void> {
  const db = await database();
  const tx = db.transaction(["check_ins", "outbox"], "readwrite", STRICT);
  const key = keyOf(place);
  const [row, entry] = await Promise.all([
    tx.objectStore("check_ins").get(key),
    tx.objectStore("outbox").get(key),
  ]);
  if (row && entry) {
    const answers = { ...row.answers, ...chosen };
    await tx.objectStore("check_ins").put({ ...row, answers, written_at: now.toISOString() });
    await tx
      .objectStore("outbox")
      .put({ ...entry, tap: newTap(), status: "waiting", reason: null, theirs: null });
  }
  await tx.done;
}

/** "Try again": a refused entry waits once more. */
export async function retry(place: Place): Promise<void> {
  const db = await database();
  const tx = db.transaction("outbox", "readwrite", STRICT);
  const entry = await tx.store.get(keyOf(place));
  if (entry && !entry.theirs)
    await tx.store.put({ ...entry, tap: newTap(), status: "waiting", reason: null });
  await tx.done;
}

/** The person takes a refused entry back: the day returns to what the server has. */
export async function takeBack(place: Place): Promise<void> {
  const db = await database();
  const tx = db.transaction(["check_ins", "outbox"], "readwrite", STRICT);
  const key = keyOf(place);
  const row = await tx.objectStore("check_ins").get(key);
  await tx.objectStore("outbox").delete(key);
  if (row?.base) await tx.objectStore("check_ins").put({ ...row, answers: row.base });
  else await tx.objectStore("check_ins").delete(key);
  await tx.done;
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
