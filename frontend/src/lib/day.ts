/**
 * Local days. A day ends at `day_end` on the wall clock of the zone the phone is in (04:00 unless moved): what is
 * written at 02:30 belongs to the evening before. The wall clock decides, so a night of 23 or 25 hours is one day.
 * The same rule as the server's `app/domain/schedule.py`.
 */
import { t } from "./words";

/** A local date, "2026-03-10". */
export type Day = string;

/** The zone the phone is in now, an IANA name. */
export function phoneZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function wallClock(now: Date, zone: string): { day: Day; time: string } {
  let clock = clocks.get(zone);
  if (!clock) {
    clock = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
    });
    clocks.set(zone, clock);
  }
  const parts: Record<string, string> = {};
  for (const part of clock.formatToParts(now)) parts[part.type] = part.value;
  const year = (parts.year ?? "").padStart(4, "0");
  return { day: `${year}-${parts.month}-${parts.day}`, time: `${parts.hour}:${parts.minute}` };
}

/** The local day that `now` belongs to. `dayEnd` is "HH:MM". */
export function localDay(now: Date, zone: string, dayEnd: string): Day {
  const { day, time } = wallClock(now, zone);
  return time >= dayEnd.slice(0, 5) ? day : addDays(day, -1);
}

const asUtc = (day: Day) => new Date(`${day}T00:00:00Z`);

export function addDays(day: Day, count: number): Day {
  const date = asUtc(day);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((asUtc(to).getTime() - asUtc(from).getTime()) / 86_400_000);
}

/** True for a real date written as "2026-03-10". */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = asUtc(text);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}

/** "Tuesday 10 March" */
export function longDay(day: Day, locale = "en-GB"): string {
  return new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" })
    .format(asUtc(day))
    .replace(",", "");
}

/** The same with a short month where the whole would not stand in one line of a phone. */
export function titleDay(day: Day, locale = "en-GB"): string {
  const whole = longDay(day, locale);
  return whole.length <= 17 ? whole : listDay(day, locale);
}

/** "Tuesday 10 Mar": always the short month, so that the rows of a list have one form. */
export function listDay(day: Day, locale = "en-GB"): string {
  return new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "short", timeZone: "UTC" })
    .format(asUtc(day))
    .replace(",", "")
    .replace("Sept", "Sep");
}

/** Whether a week begins with this day: a Monday, here as in the charts. */
export const beginsWeek = (day: Day) => asUtc(day).getUTCDay() === 1;

/** "T" */
export function weekdayInitial(day: Day, locale = "en-GB"): string {
  return new Intl.DateTimeFormat(locale, { weekday: "narrow", timeZone: "UTC" }).format(asUtc(day));
}

/** "22:10", on the phone's own clock. */
export function clockTime(now: Date): string {
  return `${String(now.getHours()).padStart(2, "0")}:${String(now.getMinutes()).padStart(2, "0")}`;
}

export type Window = { start_on: Day | null; length_days: number };
type Stopped = Window & { stopped_at?: string | null; zone: string; day_end: string };

/** The days of an experiment, day 1 first; empty while it has no start. */
export function daysOf(window: Window): Day[] {
  const start = window.start_on;
  if (start === null) return [];
  return Array.from({ length: window.length_days }, (_, n) => addDays(start, n));
}

/** A day of an experiment by its date, in the form that is given; by its number where a diary counts its days. */
export function nameOf(
  one: (Window & { counted_from?: number | null }) | null,
  day: Day,
  form: (day: Day) => string,
): string {
  if (one?.counted_from == null || one.start_on === null) return form(day);
  return t("common-day-number", { n: one.counted_from + daysBetween(one.start_on, day) });
}

/**
 * The last day that can be written: the end, or the local day of the stop (by the experiment's own zone) where that came
 * first. Null while there is no start. The same rule as `Experiment.window` on the server.
 */
export function lastDay(one: Stopped): Day | null {
  const end = daysOf(one).at(-1) ?? null;
  if (end === null || !one.stopped_at) return end;
  const stopped = localDay(new Date(one.stopped_at), one.zone, one.day_end);
  return stopped < end ? stopped : end;
}
