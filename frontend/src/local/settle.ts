/**
 * What becomes of an entry: sent, brought together with what another device wrote, refused, or taken back. Each is one
 * transaction, and never touches what was tapped meanwhile. The page loads this with the first thing there is to send.
 */
import type { CheckInPut, CheckInRow } from "../api/types";
import { wholeAnswers } from "../lib/answers";
import { type Entry, STRICT, database } from "./db";
import { type TextField, merge } from "./merge";
import { type Place, keyOf, newTap, readDay } from "./outbox";

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
 * `stored` is null where the server has lost the day (an older backup was brought back), `unreadable` where it does
 * not open any more: then it goes out as new.
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
  if (row && entry && (!stored || stored.unreadable)) {
    // Nothing there to bring together with: this phone's day goes out as it is.
    await tx.objectStore("check_ins").put({ ...row, base: null, base_revision: stored?.revision ?? 0 });
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
  const tx = db.transaction(["outbox"], "readwrite", STRICT);
  const store = tx.objectStore("outbox");
  const entry = await store.get(keyOf(place));
  if (entry?.tap === tap) await store.put({ ...entry, status: "needs-you", reason });
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
  const tx = db.transaction(["outbox"], "readwrite", STRICT);
  const store = tx.objectStore("outbox");
  const entry = await store.get(keyOf(place));
  if (entry && !entry.theirs) await store.put({ ...entry, tap: newTap(), status: "waiting", reason: null });
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
