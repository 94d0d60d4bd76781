import { describe, expect, it } from "vitest";
import { known, lines } from "./themes";
import { type Note, blankMoment, blankNote, isEmpty } from "./types";

const note = (...said: [string, number | null][]): Note => ({
  id: "",
  session_on: "2026-03-01",
  moments: said.map(([theme, intensity]) => ({ ...blankMoment(), theme, intensity })),
  reflection: "",
  revision: 1,
  updated_at: "",
});

describe("themes over sessions", () => {
  const notes = [
    note(["two people", 7], ["sleep", null]),
    note(),
    note(["  Two People ", 0], ["two people", 4], ["", 9]),
  ];

  it("has a line for each theme, however it is spelt, in the order they came up", () => {
    expect(lines(notes)).toEqual([
      {
        theme: "two people",
        places: [
          { session: 1, values: [7], unsaid: 0 },
          { session: 3, values: [0, 4], unsaid: 0 },
        ],
      },
      { theme: "sleep", places: [{ session: 1, values: [], unsaid: 1 }] },
    ]);
    expect(known(notes)).toEqual(["two people", "sleep"]);
    expect(lines([])).toEqual([]);
  });

  it("knows an empty note", () => {
    const blank = blankNote("2026-03-01");
    expect(isEmpty(blank)).toBe(true);
    expect(isEmpty({ ...blank, reflection: " \n" })).toBe(true);
    expect(isEmpty({ ...blank, moments: [{ ...blankMoment(), intensity: 0 }] })).toBe(false);
    expect(isEmpty({ ...blank, reflection: "a" })).toBe(false);
  });
});
