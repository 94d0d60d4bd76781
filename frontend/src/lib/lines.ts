/** A few short lines in an order of the person's own: a list for a session, questions for a visit. */
import { cleanText } from "./answers";

/** What is typed in one field, as it is kept. */
export const clean = (text: string): string => cleanText(text)?.trim() ?? "";

/** The lines that say something, each on one line. */
export const written = (lines: readonly string[]): string[] =>
  lines.map((line) => clean(line.replace(/\s*\n\s*/g, " "))).filter((line) => line !== "");

/** As many fields as there may be lines, the lines in the first of them. */
export const fieldsFor = (lines: readonly string[], most: number): string[] =>
  [...lines, ...Array<string>(most).fill("")].slice(0, most);

/** How many fields there are: those that are filled, and one more. */
export const shown = (lines: readonly string[], most: number): number =>
  Math.min(most, lines.findLastIndex((line) => line !== "") + 2);

/** A line one place up. */
export function moved(lines: readonly string[], at: number): string[] {
  const all = [...lines];
  const [line] = all.splice(at, 1);
  all.splice(at - 1, 0, line ?? "");
  return all;
}
