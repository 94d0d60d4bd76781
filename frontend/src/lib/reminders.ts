/** The form of the reminders: what can be set, what is not right in it, and what follows from it. */
import type { Problem } from "../api/client";
import type { Experiment, Reminders, RemindersPut, ReminderWords, Status } from "../api/types";
import { type Day, addDays, clockTime, isDay, longDay } from "./day";
import { dateWords } from "./names";
import { t } from "./words";

export const WORDS: readonly ReminderWords[] = ["minute", "hello", "note", "name", "blank"];
export const MOST_TIMES = 3;
const ALL_DAYS = [1, 2, 3, 4, 5, 6, 7];
/** What quiet hours begin with when they are switched on. */
const QUIET = ["22:00", "07:00"] as const;

export type RemindersForm = {
  on: boolean;
  times: string[];
  days: "every" | "other" | "chosen";
  weekdays: number[];
  quiet: boolean;
  quiet_from: string;
  quiet_until: string;
  paused_until: string;
  words: ReminderWords;
};

/** Field → the key of the sentence that stands under it. `times.1` is the second time. */
export type Wrong = Partial<Record<string, string>>;

export function toForm(set: Reminders): RemindersForm {
  return {
    on: set.on,
    times: [...set.times],
    days: set.every_other ? "other" : set.weekdays.length === ALL_DAYS.length ? "every" : "chosen",
    weekdays: [...set.weekdays],
    quiet: set.quiet_from !== null,
    quiet_from: set.quiet_from ?? QUIET[0],
    quiet_until: set.quiet_until ?? QUIET[1],
    paused_until: set.paused_until ?? "",
    words: set.words,
  };
}

type Base = { revision: number; not_today: boolean; zone: string };

export function toPut(form: RemindersForm, base: Base): RemindersPut {
  return {
    base_revision: base.revision,
    zone: base.zone,
    on: form.on,
    times: form.times,
    weekdays: form.days === "chosen" ? [...form.weekdays].sort() : ALL_DAYS,
    every_other: form.days === "other",
    quiet_from: form.quiet ? form.quiet_from : null,
    quiet_until: form.quiet ? form.quiet_until : null,
    paused_until: form.paused_until || null,
    not_today: base.not_today,
    words: form.words,
  };
}

const ANYWHERE: Base = { revision: 0, not_today: false, zone: "" };
/** Whether two say the same, in whatever order the times stand. */
export function same(one: RemindersForm, other: RemindersForm): boolean {
  const said = (form: RemindersForm) => {
    const put = toPut(form, ANYWHERE);
    return JSON.stringify({ ...put, times: [...put.times].sort() });
  };
  return said(one) === said(other);
}

/** Whether quiet hours hold a time. They begin with their first minute, end before their last, and may span midnight. */
function isWithin(time: string, from: string, until: string): boolean {
  if (from === "" || until === "") return false;
  return from <= until ? from <= time && time < until : time >= from || time < until;
}

/** Which of the times lie in the quiet hours. */
export const heldTimes = (form: RemindersForm): string[] =>
  form.quiet ? form.times.filter((time) => isWithin(time, form.quiet_from, form.quiet_until)).sort() : [];

/** Where the last change was made of two that may be at odds: what is not right is said there. */
export type At = "times" | "quiet_from" | "quiet_until";

/** What can be told without the server. */
export function wrongOf(form: RemindersForm, today: Day, at: At = "times"): Wrong {
  const wrong: Wrong = {};
  form.times.forEach((time, n) => {
    if (time === "") wrong[`times.${n}`] = "reminders-time-missing";
    else if (form.times.indexOf(time) < n) wrong[`times.${n}`] = "reminders-time-twice";
    else if (heldTimes(form).includes(time)) Object.assign(wrong, held(`times.${n}`, at));
  });
  if (form.days === "chosen" && form.weekdays.length === 0) wrong.weekdays = "reminders-weekdays-missing";
  for (const field of ["quiet_from", "quiet_until"] as const)
    if (form.quiet && form[field] === "") wrong[field] = "reminders-quiet-missing";
  if (form.quiet && form.quiet_from !== "" && form.quiet_from === form.quiet_until)
    wrong.quiet_until = "reminders-quiet-same";
  if (form.paused_until && !(isDay(form.paused_until) && form.paused_until > today))
    wrong.paused_until = "reminders-pause-wrong";
  return wrong;
}

const held = (field: string, at: At): Wrong =>
  at === "times" ? { [field]: "reminders-time-quiet" } : { [at]: "reminders-quiet-time" };

const SAID: Record<string, string> = {
  twice: "reminders-time-twice",
  missing: "reminders-quiet-missing",
  same: "reminders-quiet-same",
};

/** What the server named; empty where it named nothing that has a place in the form. */
export function wrongFrom(problem: Problem, at: At = "times"): Wrong {
  const wrong: Wrong = {};
  for (const { field, code } of problem.errors) {
    if (code === "in-quiet-hours") Object.assign(wrong, held(field, at));
    const key = SAID[code];
    if (key) wrong[field === "times" ? "times.0" : field] ??= key;
  }
  return wrong;
}

export type Next =
  | { key: "off" | "draft" | "paused" | "over" | "next-now" }
  | { key: "until"; day: Day }
  | { key: "next-today" | "next-tomorrow" | "next-day"; day: Day; at: Date };

/** What follows from what is stored, by the phone's own clock. */
export function nextOf(set: Reminders, status: Status, now: Date): Next {
  if (!set.on) return { key: "off" };
  if (status === "draft" || status === "paused") return { key: status };
  if (set.paused_until) return { key: "until", day: set.paused_until };
  if (!set.next_at) return { key: "over" };
  const at = new Date(set.next_at);
  if (at <= now) return { key: "next-now" };
  const [today, day] = [dateHere(now), dateHere(at)];
  const key = day === today ? "next-today" : day === addDays(today, 1) ? "next-tomorrow" : "next-day";
  return { key, day, at };
}

/** The same as a sentence. */
export function nextWords(next: Next): string {
  if (!("day" in next)) return t(`reminders-${next.key}`);
  return t(`reminders-${next.key}`, {
    day: longDay(next.day),
    time: "at" in next ? clockTime(next.at) : "",
  });
}

/** The date that the phone's calendar shows then. */
export function dateHere(at: Date): Day {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** "Mon" or "Monday", where 1 is Monday. */
export function weekdayName(day: number, length: "short" | "long", locale = "en-GB"): string {
  const aMonday = Date.UTC(2024, 0, 1);
  return new Intl.DateTimeFormat(locale, { weekday: length, timeZone: "UTC" }).format(
    new Date(aMonday + (day - 1) * 86_400_000),
  );
}

/** "today at 20:31", for what was. */
export function whenWords(at: string, now = new Date()): string {
  const then = new Date(at);
  const [today, day, time] = [dateHere(now), dateHere(then), clockTime(then)];
  if (day === today) return t("reminders-when-today", { time });
  if (day === addDays(today, -1)) return t("reminders-when-yesterday", { time });
  return t("reminders-when-day", { day: longDay(day), time });
}

/** The same without the time of a day that is past: "today at 20:31", else "3 March 2026". */
export function dayWords(at: string, now = new Date()): string {
  return dateHere(new Date(at)) === dateHere(now) ? whenWords(at, now) : dateWords(at);
}

const OPEN: Status[] = ["running", "paused", "scheduled"];

/** The fortnight that reminders are about: the open one, else the newest draft. */
export function remindersOf(all: readonly Experiment[]): Experiment | null {
  const drafts = all.filter((one) => one.status === "draft" && one.kind === "lived");
  drafts.sort((a, b) => b.created_at.localeCompare(a.created_at));
  return all.find((one) => OPEN.includes(one.status)) ?? drafts[0] ?? null;
}
