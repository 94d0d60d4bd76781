/** An export of another app on its way in: what the server found in it, and what only the person can say of it. */
import { type ColumnForm, type DiaryForm, type DiaryWrong, type Preview, columnForm } from "./diary";

export type App = "daylio" | "emoods" | "bearable";
export type Zero = "nothing" | "number";
export type DiaryMood = { name: string; count: number; level: number | null; placed: boolean };
export type Recognised = {
  app: App;
  /** It is read as an export, with one row for each day. */
  converted: boolean;
  /** Its rows turned out not to fit: it is read as an ordinary table. */
  otherwise: boolean;
  moods: DiaryMood[];
  /** Cells with a 0 whose meaning is to be said. */
  zeros: number;
  zero: Zero | null;
  left_out: number;
};
/** How a text is read; `app` null lets the server look. */
export type Reading = { app: App | "table" | null; moods: Record<string, number | null>; zero: Zero | null };

/** Where a mood stands, as it is chosen: "" is not yet, "out" leaves it out. */
export type Place = "" | "out" | "1" | "2" | "3" | "4" | "5";
export const PLACES: Place[] = ["1", "2", "3", "4", "5"];

export const placesOf = (moods: DiaryMood[]): Record<string, Place> =>
  Object.fromEntries(
    moods.map(({ name, level, placed }) => [name, level ? (String(level) as Place) : placed ? "out" : ""]),
  );

export function toReading(app: Reading["app"], places: Record<string, Place>, zero: Zero | ""): Reading {
  const said = Object.entries(places).filter(([, place]) => place !== "");
  const moods = Object.fromEntries(
    said.map(([name, place]) => [name, place === "out" ? null : Number(place)]),
  );
  return { app, moods, zero: zero || null };
}

/** What is still to be said of an export. Moods only where their column is used, or none is chosen yet. */
export function whatIsUnsaid(
  form: DiaryForm,
  preview: Preview,
  places: Record<string, Place>,
  zero: Zero | "",
): DiaryWrong {
  const wrong: DiaryWrong = {};
  const { recognised, suggested } = preview;
  if (!recognised?.converted) return wrong;
  const used = [form.primary.column, ...form.others.map((one) => one.column)];
  const mood = !form.primary.column || used.includes(suggested.measure ?? "");
  if (mood && recognised.moods.some(({ name }) => !places[name])) wrong.moods = true;
  if (recognised.zeros > 0 && !zero) wrong.zero = true;
  return wrong;
}

/** The same choices over a new look at the same file: a scale that nobody changed follows its column. */
export function refit(form: DiaryForm, before: Preview, after: Preview): void {
  const find = (preview: Preview, name: string) => preview.columns.find((column) => column.name === name);
  const follow = (one: ColumnForm) => {
    const old = columnForm(find(before, one.column));
    const same = (["minimum", "maximum", "step"] as const).every((part) => one[part] === old[part]);
    if (same) Object.assign(one, { ...columnForm(find(after, one.column)), column: one.column });
  };
  if (!form.primary.column && after.suggested.measure) {
    const found = find(after, after.suggested.measure);
    if (found?.scale) form.primary = columnForm(found);
  }
  [form.primary, ...form.others].filter((one) => one.column).forEach(follow);
}
