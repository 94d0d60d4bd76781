/** A diary on its way in: what the server found in it, and what the person says its columns mean. */
import type { Dose, MeasureKey, UsualTime } from "../api/types";
import { type Day, addDays, daysBetween, isDay } from "./day";
import type { Recognised } from "./diary-export";

export type DayFormat = "iso" | "dmy" | "mdy" | "number";
export type Scale = { minimum: number; maximum: number; step: number };
export type DiaryColumn = {
  name: string;
  letter: string;
  kind: "day" | "number" | "choice" | "text";
  filled: number;
  examples: string[];
  formats: DayFormat[];
  minimum: number | null;
  maximum: number | null;
  step: number | null;
  scale: Scale | null;
  distinct: DoseValue[];
};
export type DoseValue = { value: string; count: number };
export type Trouble = { row: number; column: string; code: string; text: string };
export type Mapping = {
  day: string;
  day_format: DayFormat | null;
  dose: string | null;
  dose_values: Record<string, Dose | null>;
  /** What an empty cell means on a day that was rated; null: nothing. */
  dose_empty: Dose | null;
  measures: Partial<Record<MeasureKey, Scale & { column: string }>>;
  lag: number | null;
  skip: number;
};
export type Preview = {
  columns: DiaryColumn[];
  rows: number;
  days: { first: string | number; last: string | number } | null;
  errors: Trouble[];
  /** The values of the dose column in the days that were asked about. */
  doses?: DoseValue[] | null;
  suggested: {
    day: string | null;
    day_format: DayFormat | null;
    dose: string | null;
    measure: string | null;
    others: string[];
    dose_values: Record<string, Dose | null>;
  };
  remembered: Mapping | null;
  /** The app that exported it; null for an ordinary table. */
  recognised?: Recognised | null;
};

/** One column as it is being described: numbers are text until they are read. */
export type ColumnForm = { column: string; minimum: string; maximum: string; step: string };
/** "" is "not said yet": only a chosen answer is sent. */
export type ValueForm = Dose | "nothing" | "";

export type DiaryForm = {
  day: string;
  format: DayFormat | "";
  dose: string;
  values: Record<string, ValueForm>;
  /** What every value means that has no answer of its own. */
  rest: ValueForm;
  empty: Dose | "nothing";
  primary: ColumnForm;
  others: (ColumnForm & { key: MeasureKey })[];
  start: string | number | null;
  length: string;
};

const NO_COLUMN: ColumnForm = { column: "", minimum: "", maximum: "", step: "" };

export function columnForm(column: DiaryColumn | undefined): ColumnForm {
  const scale = column?.scale;
  if (!column) return { ...NO_COLUMN };
  return {
    column: column.name,
    minimum: scale ? String(scale.minimum) : "",
    maximum: scale ? String(scale.maximum) : "",
    step: scale ? stepText(scale.step) : "",
  };
}

/** Finer than this nobody chose it: the numbers are means or measured, and any step will do. */
const FINEST_SAID = 0.05;
const ANY_STEP = 0.000001;
const stepText = (step: number) => (step < FINEST_SAID ? "" : String(step));

/** The columns that can be meant; all of them where none can, so that the reader of the rows says what is in the way. */
export function fitting(columns: DiaryColumn[], fits: (column: DiaryColumn) => boolean): DiaryColumn[] {
  const found = columns.filter(fits);
  return found.length > 0 ? found : columns;
}

/** How each value of a column is read at first: as the last time, as it looks, else not said yet. */
export function valuesOf(column: DiaryColumn | undefined, known: Record<string, Dose | null>) {
  const values: Record<string, ValueForm> = {};
  for (const { value } of column?.distinct ?? []) {
    const key = Object.keys(known).find((other) => sameValue(other, value));
    values[value] = key === undefined ? "" : (known[key] ?? "");
  }
  return values;
}

const sameValue = (one: string, other: string) => one.trim().toLowerCase() === other.trim().toLowerCase();

/** What to start from: the same columns as the last time, else what the names look like. */
export function firstForm(preview: Preview, primary: MeasureKey): DiaryForm {
  const find = (name: string | null | undefined) => preview.columns.find((column) => column.name === name);
  const { remembered, suggested } = preview;
  const dose = remembered ? remembered.dose : suggested.dose;
  const measure = remembered?.measures[primary];
  const values = valuesOf(find(dose), remembered?.dose_values ?? suggested.dose_values);
  // Only where it was said before is "nothing written" an answer: a guess is never one.
  if (remembered)
    for (const [value, meant] of Object.entries(remembered.dose_values))
      if (meant === null && value in values) values[value] = "nothing";
  return {
    day: (remembered?.day ?? suggested.day) || "",
    format: (remembered ? remembered.day_format : suggested.day_format) || "",
    dose: dose ?? "",
    values,
    rest: "",
    empty: remembered?.dose_empty ?? "nothing",
    primary: measure
      ? {
          column: measure.column,
          minimum: String(measure.minimum),
          maximum: String(measure.maximum),
          step: stepText(measure.step),
        }
      : columnForm(find(suggested.measure)),
    others: [],
    start: null,
    length: "14",
  };
}

export const readNumber = (text: string): number | null => {
  const number = Number(text.trim().replace(",", "."));
  return text.trim() !== "" && Number.isFinite(number) ? number : null;
};

export function scaleOf(form: ColumnForm): Scale | null {
  const [minimum, maximum] = [form.minimum, form.maximum].map(readNumber);
  const step = form.step.trim() === "" ? ANY_STEP : readNumber(form.step);
  if (minimum == null || maximum == null || step == null) return null;
  return maximum > minimum && step > 0 && step <= maximum - minimum ? { minimum, maximum, step } : null;
}

export type DiaryWrong = Partial<
  Record<"day" | "format" | "dose" | "primary" | "scale" | "days" | "length" | "moods" | "zero", true>
> & {
  others?: MeasureKey[];
};

/** More values than the two kinds of day: then the rest can be said at once. */
export const manyValues = (shown: readonly DoseValue[]) => shown.length > 2;

export function meaningOf(form: DiaryForm, shown: readonly DoseValue[], value: string): ValueForm {
  return form.values[value] || (manyValues(shown) ? form.rest : "");
}

/** `shown`: the values of the chosen days, null while they are not known. */
export function whatIsMissing(
  form: DiaryForm,
  preview: Preview,
  shown: readonly DoseValue[] | null,
): DiaryWrong {
  const wrong: DiaryWrong = {};
  const day = preview.columns.find((column) => column.name === form.day);
  if (!form.day) wrong.day = true;
  else if (!form.format && (day?.formats.length ?? 0) > 1) wrong.format = true;
  if (form.dose && !shown?.every(({ value }) => meaningOf(form, shown, value))) wrong.dose = true;
  if (!form.primary.column) wrong.primary = true;
  else if (!scaleOf(form.primary)) wrong.scale = true;
  const others = form.others.filter((one) => one.column && !scaleOf(one)).map((one) => one.key);
  if (others.length > 0) wrong.others = others;
  if (form.start === null) wrong.days = true;
  if (readLength(form.length) === null) wrong.length = true;
  return wrong;
}

export function readLength(text: string): number | null {
  const number = readNumber(text);
  return number !== null && Number.isInteger(number) && number >= 7 && number <= 28 ? number : null;
}

/** What stands first in a row of the diary. */
export type Order = "dose" | "rating";

const isSleep = (measure: MeasureKey) => measure === "sleep_hours" || measure === "sleep_quality";

/** With a morning or daytime dose the rating of a day comes after it: nothing to ask, but for sleep. */
export const asksOrder = (time: UsualTime | null, primary: MeasureKey) =>
  time === "evening" || time === "bedtime" || (time !== null && isSleep(primary));

/** What holds where nobody says otherwise: a bedtime dose ends its row, and sleep is of the night before. */
export const likelyOrder = (time: UsualTime | null, primary: MeasureKey): Order =>
  time === "bedtime" || isSleep(primary) ? "rating" : "dose";

/** The body that is sent, once nothing is missing. `order` null: it was not asked. */
export function toBody(
  form: DiaryForm,
  csv: string,
  primary: MeasureKey,
  shown: readonly DoseValue[],
  order: Order | null,
) {
  const measures: Mapping["measures"] = {};
  const scale = scaleOf(form.primary);
  if (scale) measures[primary] = { column: form.primary.column, ...scale };
  for (const one of form.others) {
    const other = scaleOf(one);
    if (one.column && other) measures[one.key] = { column: one.column, ...other };
  }
  const dose_values: Record<string, Dose | null> = {};
  if (form.dose)
    for (const { value } of shown) {
      const meant = meaningOf(form, shown, value);
      dose_values[value] = meant === "nothing" || meant === "" ? null : meant;
    }
  return {
    csv,
    mapping: {
      day: form.day,
      day_format: form.format || null,
      dose: form.dose || null,
      dose_values,
      dose_empty: form.dose === "" || form.empty === "nothing" ? null : form.empty,
      measures,
      lag: order === null ? null : order === "rating" ? 1 : 0,
      skip: 0,
    },
    window: { start_on: form.start, length_days: readLength(form.length) ?? 14 },
  };
}

/** Every day from the first to the last of a diary, dates or counted days. Empty when there are too many to choose from. */
export function daysIn(span: Preview["days"], most = 1500): (Day | number)[] {
  if (!span) return [];
  const { first, last } = span;
  if (typeof first === "number" && typeof last === "number") {
    const count = last - first + 1;
    return count > most ? [] : Array.from({ length: count }, (_, n) => first + n);
  }
  if (typeof first !== "string" || typeof last !== "string" || !isDay(first) || !isDay(last)) return [];
  const count = daysBetween(first, last) + 1;
  return count > most ? [] : Array.from({ length: count }, (_, n) => addDays(first, n));
}

/** The last fortnight of the diary, or all of it where it is shorter. */
export function lastFortnight(days: (Day | number)[]): { start: Day | number | null; length: string } {
  const length = Math.min(28, Math.max(7, days.length < 14 ? days.length : 14));
  return { start: days[Math.max(0, days.length - length)] ?? null, length: String(length) };
}

/** Text of a file: UTF-8, else the encoding that older spreadsheets write. */
export function decode(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const start = new Uint8Array(bytes.slice(0, 2));
    const utf16 = (start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff);
    const name = utf16 ? (start[0] === 0xff ? "utf-16le" : "utf-16be") : "windows-1252";
    return new TextDecoder(name).decode(bytes);
  }
}
