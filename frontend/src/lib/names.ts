/** How an experiment's answers are said in words. Needs the experiment catalogue. */
import type { Experiment, MeasureKey, OwnMeasure } from "../api/types";
import { lastDay } from "./day";
import { isOwn } from "./plan-form";
import { t } from "./words";

export const MEASURES = ["mood", "sleep_hours", "sleep_quality", "like_myself", "energy"] as const;

export const kebab = (key: string) => key.replaceAll("_", "-");

export function measureName(key: MeasureKey, own: readonly OwnMeasure[]): string {
  if (isOwn(key)) return own.find((one) => one.key === key)?.name || t("experiment-measure-own");
  return t(`experiment-measure-${kebab(key)}`);
}

/** What 0, 5 and 10 of an own word are called until the client names them: a bare number says nothing at night. */
export const startNames = () => ({
  low: t("experiment-own-start-low"),
  middle: t("experiment-own-start-middle"),
  high: t("experiment-own-start-high"),
});

/** "14 March 2026" */
export function dateWords(day: string, locale = "en-GB"): string {
  const date = new Date(day.length === 10 ? `${day}T00:00:00Z` : day);
  return new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: day.length === 10 ? "UTC" : undefined,
  }).format(date);
}

/** "14 days, counted 0 to 13": a diary without dates, as it counts. Empty for one with dates. */
export function countedWords(one: Experiment): string {
  const { counted_from: from, length_days: length } = one;
  return from == null
    ? ""
    : t("experiment-days-counted", { length, from: String(from), to: String(from + length - 1) });
}

/** The line that says where an experiment stands. */
export function statusWords(one: Experiment): string {
  const counted = countedWords(one);
  if (counted) return t("experiment-status-diary-counted", { counted });
  if (one.kind === "diary" && one.start_on && one.end_on)
    return t("experiment-status-diary", { from: dateWords(one.start_on), to: dateWords(one.end_on) });
  const day = one.status === "stopped" ? lastDay(one) : one.end_on;
  return t(`experiment-status-${one.status}`, {
    day: one.status === "scheduled" ? dateWords(one.start_on ?? "") : day ? dateWords(day) : "",
    number: one.day_number ?? 1,
    length: one.length_days,
  });
}
