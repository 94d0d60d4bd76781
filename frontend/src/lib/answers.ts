/** One day's answers as a value: empty, equal, something written or nothing. */
import type { Answers } from "../api/types";

export function noAnswers(): Answers {
  return {
    hard_day: null,
    mood: null,
    dose: null,
    dose_reason: null,
    sleep_hours: null,
    sleep_quality: null,
    like_myself: null,
    energy: null,
    own: {},
    side_effects: {},
    side_effects_words: null,
    worrying: [],
    thoughts: null,
    anything_else: null,
    note: null,
    note_starred: false,
  };
}

/** Answers as they came from the server or an older version of the app, with every field present. */
export function wholeAnswers(some: Partial<Answers> | null): Answers {
  const whole = { ...noAnswers(), ...some };
  return {
    ...whole,
    own: { ...(whole.own ?? {}) },
    side_effects: { ...(whole.side_effects ?? {}) },
    worrying: [...(whole.worrying ?? [])],
    note_starred: whole.note_starred ?? false,
    dose_reason: reasonOf(whole),
  };
}

/** A reason belongs to a dose not taken, and to nothing else: the server takes no other. */
export function reasonOf({ dose, dose_reason }: Answers): Answers["dose_reason"] {
  return dose === "not_taken" ? dose_reason : null;
}

/** True when nothing at all is answered: such a day counts as not logged. */
export function isEmpty(answers: Answers): boolean {
  return (
    answers.hard_day !== true &&
    answers.mood === null &&
    answers.dose === null &&
    answers.dose_reason === null &&
    answers.sleep_hours === null &&
    answers.sleep_quality === null &&
    answers.like_myself === null &&
    answers.energy === null &&
    Object.values(answers.own).every((value) => value === null || value === undefined) &&
    Object.keys(answers.side_effects).length === 0 &&
    !answers.side_effects_words &&
    answers.worrying.length === 0 &&
    answers.thoughts === null &&
    !answers.anything_else &&
    !answers.note
  );
}

export function sameAnswers(one: Answers, other: Answers): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** Words as they may be sent: no NUL, no half of a character; nothing written is null. */
export function cleanText(text: string): string | null {
  const clean = text
    .replaceAll("\0", "")
    .replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "");
  return clean.trim() === "" ? null : clean;
}
