/** A day as the charts name it. */
import { t } from "../../lib/words";

/** "Mon 2 Mar"; "Day 3" where a diary counts its days, by its own numbers. `number` is 1 on the first day. */
export function dayName(day: string, number: number, countedFrom: number | null): string {
  if (countedFrom !== null) return t("figures-day-number", { n: countedFrom + number - 1 });
  const date = new Date(`${day}T00:00:00Z`);
  return t("figures-day", {
    weekday: t(`figures-weekday-${(date.getUTCDay() + 6) % 7}`),
    day: date.getUTCDate(),
    month: t(`figures-month-short-${date.getUTCMonth() + 1}`),
  });
}
