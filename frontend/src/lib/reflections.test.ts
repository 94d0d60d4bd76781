import { describe, expect, it } from "vitest";
import type { Experiment } from "../api/types";
import {
  balanceOf,
  type Line,
  measureOf,
  newLine,
  noticedLines,
  shortened,
  type Page,
  wordsOf,
  wouldCap,
} from "./reflections";

const line = (more: Partial<Line> = {}): Line => ({ ...newLine("not_good", "clear head"), ...more });
const linked = line({ measure: { key: "own1", name: "clear head" } });
const own = (name: string) => ({ key: "own1" as const, name, low: "", middle: "", high: "" });
const page = (day: string, lines: Line[]) => ({ day, lines }) as Page<"balance">;

describe("a balance", () => {
  it("takes what stands in the fields along, and leaves empty lines out", () => {
    const said = balanceOf([line(), line({ words: "  " })], { taking_less: " tired ", taking_good: "" });
    expect(said?.lines).toEqual([line(), newLine("taking_less", "tired")]);
  });
  it("is none while nothing is written", () => {
    expect(balanceOf([line({ words: "" })], { not_good: " " })).toBeNull();
    expect(wordsOf({ meaning: " ", miss: "" })).toBeNull();
    expect(wordsOf({ meaning: " me ", miss: "" })).toEqual({ meaning: "me", miss: "" });
  });
  it("holds forty lines", () => {
    expect(
      balanceOf(
        Array.from({ length: 41 }, () => line()),
        {},
      )?.lines,
    ).toHaveLength(40);
  });
});

describe("a line that became a measure", () => {
  const one = { own_measures: [own("clear head")] } as Experiment;
  it("is one as long as the measure has that name", () => {
    expect(measureOf(linked, one)).toEqual({ key: "own1", name: "clear head" });
    expect(measureOf(linked, { own_measures: [own("fog")] })).toBeNull();
    expect(measureOf(linked, { own_measures: [] })).toBeNull();
    expect(measureOf(line(), one)).toBeNull();
  });
  it("is shown once, as it was written last", () => {
    const newer = { ...linked, words: "a clear head" };
    const pages = [
      page("2026-03-01", [linked, line()]),
      page("2026-03-09", [newer]),
      page("2026-03-20", [line()]),
    ];
    expect(noticedLines(pages, one)).toEqual([newer]);
  });
});

describe("adding a word", () => {
  it("begins with as many whole words as there is room for", () => {
    expect(shortened("clear head")).toBe("clear head");
    expect(shortened("a morning without the fog that lasts until noon")).toBe(
      "a morning without the fog that lasts",
    );
    expect(shortened("x".repeat(60))).toHaveLength(40);
    expect(shortened(`${"x".repeat(40)} y`)).toBe("x".repeat(40));
  });
  const at = (status: string, today: string, mode = "compare") =>
    ({ status, today, start_on: "2026-03-02", gate: { mode } }) as Experiment;
  it("caps the result once day 1 of a comparison has begun", () => {
    expect(wouldCap(at("running", "2026-03-02"))).toBe(true);
    expect(wouldCap(at("scheduled", "2026-03-01"))).toBe(false);
    expect(wouldCap(at("draft", "2026-03-05"))).toBe(false);
    expect(wouldCap(at("running", "2026-03-05", "notice_only"))).toBe(false);
  });
});
