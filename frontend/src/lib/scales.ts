/** The names on the steps of every scale, in the words of the catalogue. */
import type { Answers, OwnKey, OwnMeasure } from "../api/types";
import { t } from "./words";

/** Mood has a name on every step. */
export const moodNames = () => Array.from({ length: 11 }, (_, n) => t(`check-in-mood-${n}`));

/** Other scales carry names at 0, 5 and 10. */
export function someNames(scale: "like-myself" | "energy"): string[] {
  return Array.from({ length: 11 }, (_, n) => (n % 5 === 0 ? t(`check-in-${scale}-${n}`) : ""));
}

export function ownNames(own: OwnMeasure): string[] {
  const names: Record<number, string> = { 0: own.low, 5: own.middle, 10: own.high };
  return Array.from({ length: 11 }, (_, n) => names[n] ?? "");
}

export const qualityOptions = () =>
  [1, 2, 3, 4, 5].map((value) => ({ value, label: String(value), sub: t(`check-in-quality-${value}`) }));

/** The own ratings with one of them set, or taken away. */
export function withOwn(own: Answers["own"], key: OwnKey, value: number | null): Answers["own"] {
  const next = { ...own };
  if (value === null) delete next[key];
  else next[key] = value;
  return next;
}
