/** Themes over sessions, as they were written down: nothing is worked out of them. */
import type { Note } from "./types";

/** What was noted of a theme in one session: the numbers, and how often it came up without one. */
export type Place = { session: number; values: number[]; unsaid: number };
export type Line = { theme: string; places: Place[] };

const alike = (theme: string) => theme.trim().toLocaleLowerCase();

/** A line for each theme, in the order in which they first came up. `notes`: the first session first. */
export function lines(notes: readonly Note[]): Line[] {
  const found = new Map<string, Line>();
  notes.forEach((note, index) => {
    for (const moment of note.moments) {
      const key = alike(moment.theme);
      if (key === "") continue;
      const line = found.get(key) ?? { theme: moment.theme.trim(), places: [] };
      found.set(key, line);
      let place = line.places.at(-1);
      if (place?.session !== index + 1) {
        place = { session: index + 1, values: [], unsaid: 0 };
        line.places.push(place);
      }
      if (moment.intensity === null) place.unsaid += 1;
      else place.values.push(moment.intensity);
    }
  });
  return [...found.values()];
}

/** Themes that were used before, to be offered again. */
export const known = (notes: readonly Note[]): string[] => lines(notes).map((line) => line.theme);
