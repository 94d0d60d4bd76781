import { describe, expect, it } from "vitest";
import { type DiaryColumn, type DiaryForm, type Preview, columnForm, firstForm } from "./diary";
import { type Recognised, placesOf, refit, toReading, whatIsUnsaid } from "./diary-export";

const column = (name: string, more: Partial<DiaryColumn> = {}): DiaryColumn => ({
  ...{ name, letter: "B", kind: "number", filled: 14, examples: [], formats: [], distinct: [] },
  ...{ minimum: 1, maximum: 5, step: 1, scale: { minimum: 1, maximum: 5, step: 1 } },
  ...more,
});
const text = (name: string) => column(name, { kind: "text", minimum: null, maximum: null, scale: null });
const recognised = (more: Partial<Recognised> = {}): Recognised => ({
  ...{ app: "daylio", converted: true, otherwise: false, zeros: 0, zero: null, left_out: 0 },
  moods: [
    { name: "good", count: 3, level: 4, placed: true },
    { name: "Mine", count: 2, level: null, placed: false },
  ],
  ...more,
});
const preview = (columns: DiaryColumn[], more: Partial<Preview> = {}): Preview => ({
  ...{ columns, rows: 14, days: null, errors: [], remembered: null, recognised: recognised() },
  suggested: {
    day: "full_date",
    day_format: "iso",
    dose: null,
    measure: "mood",
    others: [],
    dose_values: {},
  },
  ...more,
});
const form = (of: Preview): DiaryForm => firstForm(of, "mood");

describe("what was said of an export", () => {
  it("is a place for each mood, none, or none yet", () => {
    const moods = [...recognised().moods, { name: "Odd", count: 1, level: null, placed: true }];
    expect(placesOf(moods)).toEqual({ good: "4", Mine: "", Odd: "out" });
    expect(toReading("daylio", placesOf(moods), "")).toEqual({
      app: "daylio",
      moods: { good: 4, Odd: null },
      zero: null,
    });
  });

  it("is missing where moods are used and one has no place", () => {
    const found = preview([text("mood"), column("Energy")]);
    const places = placesOf(recognised().moods);
    const used = form(found);
    expect(used.primary.column).toBe("mood");
    expect(whatIsUnsaid(used, found, places, "")).toEqual({ moods: true });
    expect(whatIsUnsaid(used, found, { ...places, Mine: "out" }, "")).toEqual({});
    const other = { ...used, primary: columnForm(column("Energy")) };
    expect(whatIsUnsaid(other, found, places, "")).toEqual({});
    expect(
      whatIsUnsaid({ ...other, others: [{ ...columnForm(column("mood")), key: "own1" }] }, found, places, ""),
    ).toEqual({ moods: true });
  });

  it("is missing where a 0 has no meaning yet, and never of an ordinary table", () => {
    const zeros = recognised({ app: "emoods", moods: [], zeros: 2 });
    const found = preview([column("ANXIETY")], { recognised: zeros });
    expect(whatIsUnsaid(form(found), found, {}, "")).toEqual({ zero: true });
    expect(whatIsUnsaid(form(found), found, {}, "nothing")).toEqual({});
    const plain = { ...found, recognised: { ...zeros, converted: false } };
    expect(whatIsUnsaid(form(plain), plain, {}, "")).toEqual({});
  });
});

describe("another look at the same file", () => {
  it("gives a column its scale once it has one, and leaves a changed one alone", () => {
    const before = preview([text("mood"), column("Energy")]);
    const after = preview([
      column("mood"),
      column("Energy", { scale: { minimum: 0, maximum: 10, step: 1 } }),
    ]);
    const kept = form(before);
    kept.others = [
      { ...columnForm(column("Energy")), key: "own1" },
      { ...columnForm(column("Energy")), maximum: "7", key: "own2" },
    ];
    refit(kept, before, after);
    expect(kept.primary).toEqual(columnForm(column("mood")));
    expect(kept.others.map((one) => one.maximum)).toEqual(["10", "7"]);
  });

  it("offers the mood where no column is chosen yet", () => {
    const kept = { ...form(preview([text("mood")])), primary: columnForm(undefined) };
    refit(kept, preview([text("mood")]), preview([column("mood")]));
    expect(kept.primary.column).toBe("mood");
  });
});
