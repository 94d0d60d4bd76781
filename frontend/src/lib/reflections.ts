/** Pages to write on: their shapes on the wire, and what the screens reckon with. Nothing is ever added up. */
import type { Experiment, OwnKey } from "../api/types";
import type { Day } from "./day";
import { clean as words } from "./lines";

export const KINDS = ["balance", "rulers", "words"] as const;
export type Kind = (typeof KINDS)[number];
export type Part = "before" | "middle" | "after";
/** What is good about not taking it comes first. */
export const CELLS = ["not_good", "not_less", "taking_good", "taking_less"] as const;
export type Cell = (typeof CELLS)[number];

export type Noticed = { key: OwnKey; name: string };
export type Line = { cell: Cell; words: string; weight: number | null; measure: Noticed | null };
export type SharedLine = Omit<Line, "measure">;
export type Said = {
  balance: { lines: Line[] };
  rulers: { importance: number | null; confidence: number | null };
  words: { meaning: string; miss: string };
};
export type Dated = { day: Day; part: Part };
export type Page<K extends Kind> = Said[K] &
  Dated & { beside: boolean; revision: number; updated_at: string; unreadable: boolean };
export type Pages = { [K in Kind]: Page<K>[] };
export type Reflections = { today: Day; part: Part } & Pages;
export type SharedBalance = Dated & { lines: SharedLine[] };

export const MOST_LINES = 40;
export const LONGEST_NAME = 40;

/** What is written on the page so far, with what is still in the fields below the lines; null: nothing. */
export function balanceOf(
  lines: readonly Line[],
  pending: Partial<Record<Cell, string>>,
): Said["balance"] | null {
  const added = CELLS.map((cell) => newLine(cell, pending[cell] ?? ""));
  const all = [...lines.map((line) => ({ ...line, words: words(line.words) })), ...added];
  const written = all.filter((line) => line.words !== "");
  return written.length > 0 ? { lines: written.slice(0, MOST_LINES) } : null;
}

/** As many whole words as a name has room for. */
export function shortened(text: string): string {
  if (text.length <= LONGEST_NAME) return text;
  const room = text.slice(0, LONGEST_NAME + 1);
  return room.slice(0, room.includes(" ") ? room.lastIndexOf(" ") : LONGEST_NAME).trim();
}

export const newLine = (cell: Cell, text: string): Line => ({
  cell,
  words: words(text),
  weight: null,
  measure: null,
});

export function wordsOf(said: Said["words"]): Said["words"] | null {
  const cleaned = { meaning: words(said.meaning), miss: words(said.miss) };
  return cleaned.meaning || cleaned.miss ? cleaned : null;
}

/** The line's measure, as long as the fortnight has it under the name that it got. */
export function measureOf(line: Line, one: Pick<Experiment, "own_measures">): Noticed | null {
  const named = one.own_measures.find((own) => own.key === line.measure?.key);
  return named && named.name === line.measure?.name ? line.measure : null;
}

/** For the result: each line that became a measure, as it was written last. */
export function noticedLines(pages: readonly Page<"balance">[], one: Experiment): Line[] {
  const found: Partial<Record<OwnKey, Line>> = {};
  for (const page of pages)
    for (const line of page.lines) {
      const measure = measureOf(line, one);
      if (measure) found[measure.key] = line;
    }
  return Object.values(found);
}

/** Whether the result would say "cannot tell" if a word were added now: day 1 has begun, and days are compared. */
export function wouldCap(one: Experiment): boolean {
  const begun = one.status !== "draft" && one.start_on !== null && (one.today ?? "") >= one.start_on;
  return begun && one.gate.mode === "compare";
}
