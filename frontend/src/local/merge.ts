/**
 * Three ways into one: what both sides started from, what this phone has, what the server has. Answer by answer; an
 * answer that only one side changed is taken from that side. Where both changed it, the one written later stands.
 * Words are never chosen between: when both sides wrote, the person is asked and sees both.
 */
import type { Answers } from "../api/types";
import { noAnswers, reasonOf } from "../lib/answers";

export const TEXTS = ["note", "anything_else", "side_effects_words"] as const;
export type TextField = (typeof TEXTS)[number];

export type Merged = {
  answers: Answers;
  /** The words of the other side, for each text that both sides wrote. `answers` holds this phone's words there. */
  ask: Partial<Record<TextField, string>>;
};

export function merge(
  base: Answers | null,
  mine: Answers,
  theirs: Answers,
  later: "mine" | "theirs",
): Merged {
  const from = base ?? noAnswers();
  const pick = <T>(was: T, here: T, there: T): T => {
    if (same(here, there) || same(there, was)) return here;
    if (same(here, was)) return there;
    return later === "mine" ? here : there;
  };

  const answers: Answers = {
    hard_day: pick(from.hard_day, mine.hard_day, theirs.hard_day),
    mood: pick(from.mood, mine.mood, theirs.mood),
    dose: pick(from.dose, mine.dose, theirs.dose),
    dose_reason: pick(from.dose_reason, mine.dose_reason, theirs.dose_reason),
    sleep_hours: pick(from.sleep_hours, mine.sleep_hours, theirs.sleep_hours),
    sleep_quality: pick(from.sleep_quality, mine.sleep_quality, theirs.sleep_quality),
    like_myself: pick(from.like_myself, mine.like_myself, theirs.like_myself),
    energy: pick(from.energy, mine.energy, theirs.energy),
    own: mergeKeys(from.own, mine.own, theirs.own, pick),
    side_effects: mergeKeys(from.side_effects, mine.side_effects, theirs.side_effects, pick),
    side_effects_words: null,
    worrying: mergeSets(from.worrying, mine.worrying, theirs.worrying),
    thoughts: pick(from.thoughts, mine.thoughts, theirs.thoughts),
    anything_else: null,
    note: null,
    note_starred: pick(from.note_starred, mine.note_starred, theirs.note_starred),
  };
  answers.dose_reason = reasonOf(answers);

  const ask: Merged["ask"] = {};
  for (const field of TEXTS) {
    const [was, here, there] = [from[field], mine[field], theirs[field]];
    if (here === there || there === was) answers[field] = here;
    else if (here === was) answers[field] = there;
    else {
      answers[field] = here || there;
      if (here && there) ask[field] = there;
    }
  }
  return { answers, ask };
}

function same(one: unknown, other: unknown): boolean {
  return (one ?? null) === (other ?? null);
}

/** Key by key: an absent key is "not answered", and taking a key away is a change like any other. */
function mergeKeys<V>(
  was: Record<string, V>,
  here: Record<string, V>,
  there: Record<string, V>,
  pick: <T>(was: T, here: T, there: T) => T,
): Record<string, V> {
  const GONE = Symbol("absent");
  const at = (map: Record<string, V>, key: string) => (Object.hasOwn(map, key) ? map[key] : GONE);
  const merged: Record<string, V> = {};
  for (const key of new Set([...Object.keys(was), ...Object.keys(here), ...Object.keys(there)])) {
    const value = pick<unknown>(at(was, key), at(here, key), at(there, key));
    if (value !== GONE) merged[key] = value as V;
  }
  return merged;
}

function mergeSets(was: string[], here: string[], there: string[]): string[] {
  const kept = new Set(here);
  for (const item of there) if (!was.includes(item)) kept.add(item);
  for (const item of was) if (!there.includes(item)) kept.delete(item);
  return [...kept];
}
