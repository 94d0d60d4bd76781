import { describe, expect, it } from "vitest";
import {
  type DiaryColumn,
  type Preview,
  asksOrder,
  columnForm,
  daysIn,
  decode,
  firstForm,
  fitting,
  lastFortnight,
  likelyOrder,
  scaleOf,
  toBody,
  whatIsMissing,
} from "./diary";

const column = (name: string, more: Partial<DiaryColumn> = {}): DiaryColumn => ({
  name,
  letter: "A",
  kind: "number",
  filled: 14,
  examples: [],
  formats: [],
  minimum: 4,
  maximum: 7,
  step: 1,
  scale: { minimum: 0, maximum: 10, step: 1 },
  distinct: [],
  ...more,
});

const preview = (more: Partial<Preview> = {}): Preview => ({
  columns: [
    column("t", { kind: "day", formats: ["number"] }),
    column("on", {
      distinct: [
        { value: "1", count: 7 },
        { value: "0", count: 6 },
        { value: "half", count: 1 },
      ],
    }),
    column("y"),
  ],
  rows: 14,
  days: { first: 0, last: 13 },
  errors: [],
  suggested: {
    day: "t",
    day_format: "number",
    dose: "on",
    measure: "y",
    others: [],
    dose_values: { "1": "taken", "0": "not_taken", half: null },
  },
  remembered: null,
  ...more,
});

/** The values of the dose column in the chosen days. */
const shown = preview().columns[1]!.distinct;

describe("a diary on its way in", () => {
  it("starts from what the columns look like, and never guesses what a value means", () => {
    const form = firstForm(preview(), "mood");
    expect(form).toMatchObject({ day: "t", format: "number", dose: "on" });
    expect(form.values).toEqual({ "1": "taken", "0": "not_taken", half: "" });
    expect(whatIsMissing({ ...form, start: 0 }, preview(), shown)).toEqual({ dose: true });
  });

  it("takes up what was said the last time, 'nothing written' included", () => {
    const form = firstForm(
      preview({
        remembered: {
          day: "t",
          day_format: "number",
          dose: "on",
          dose_values: { "1": "taken", "0": "not_taken", half: null },
          dose_empty: "not_taken",
          measures: { mood: { column: "y", minimum: 1, maximum: 7, step: 0.5 } },
          lag: null,
          skip: 0,
        },
      }),
      "mood",
    );
    expect(form.values.half).toBe("nothing");
    expect(form.empty).toBe("not_taken");
    expect(form.primary).toEqual({ column: "y", minimum: "1", maximum: "7", step: "0.5" });
  });

  it("offers every column where none can be read, so that its rows can say what is in the way", () => {
    const broken = [column("date"), column("mood")];
    const isDay = (one: DiaryColumn) => one.formats.length > 0;
    expect(fitting(broken, isDay)).toEqual(broken);
    expect(fitting(preview().columns, isDay).map((one) => one.name)).toEqual(["t"]);
    const form = { ...firstForm(preview({ columns: broken }), "mood"), day: "date", format: "" as const };
    expect(whatIsMissing(form, preview({ columns: broken }), null).format).toBeUndefined();
  });

  it("sends what an empty cell was said to mean, but not without a column of doses", () => {
    const form = { ...firstForm(preview(), "mood"), start: 0, empty: "not_taken" as const };
    expect(toBody(form, "", "mood", shown, null).mapping.dose_empty).toBe("not_taken");
    expect(toBody({ ...form, dose: "" }, "", "mood", shown, null).mapping.dose_empty).toBeNull();
    expect(toBody(firstForm(preview(), "mood"), "", "mood", shown, null).mapping.dose_empty).toBeNull();
  });

  it("sends what was said and nothing else", () => {
    const form = { ...firstForm(preview(), "mood"), start: 0 };
    form.values.half = "nothing";
    expect(whatIsMissing(form, preview(), shown)).toEqual({});
    expect(toBody(form, "t,on,y", "mood", shown, null)).toEqual({
      csv: "t,on,y",
      mapping: {
        day: "t",
        day_format: "number",
        dose: "on",
        dose_values: { "1": "taken", "0": "not_taken", half: null },
        dose_empty: null,
        measures: { mood: { column: "y", minimum: 0, maximum: 10, step: 1 } },
        lag: null,
        skip: 0,
      },
      window: { start_on: 0, length_days: 14 },
    });
  });

  it("asks what stands first in a row only where it changes which dose comes before a rating", () => {
    const asked = (["morning", "daytime", "evening", "bedtime"] as const).map((time) =>
      (["mood", "sleep_hours", "own1"] as const).map((measure) =>
        asksOrder(time, measure) ? likelyOrder(time, measure) : null,
      ),
    );
    expect(asked).toEqual([
      [null, "rating", null],
      [null, "rating", null],
      ["dose", "rating", "dose"],
      ["rating", "rating", "rating"],
    ]);
    expect(asksOrder(null, "sleep_hours")).toBe(false);
  });

  it("sends what stands first as the lag, and nothing where it was not asked", () => {
    const form = { ...firstForm(preview(), "mood"), start: 0 };
    const lag = (order: "dose" | "rating" | null) => toBody(form, "", "mood", shown, order).mapping.lag;
    expect([lag("dose"), lag("rating"), lag(null)]).toEqual([0, 1, null]);
  });

  it("wants a meaning only for the values of the chosen days", () => {
    const form = { ...firstForm(preview(), "mood"), start: 0 };
    const two = shown.slice(0, 2);
    expect(whatIsMissing(form, preview(), two)).toEqual({});
    expect(Object.keys(toBody(form, "", "mood", two, null).mapping.dose_values).sort()).toEqual(["0", "1"]);
    expect(whatIsMissing(form, preview(), null)).toEqual({ dose: true });
  });

  it("takes one answer for all the other values, but never over an answer of its own", () => {
    const form = { ...firstForm(preview(), "mood"), start: 0, rest: "not_due" as const };
    expect(whatIsMissing(form, preview(), shown)).toEqual({});
    expect(toBody(form, "", "mood", shown, null).mapping.dose_values).toEqual({
      "1": "taken",
      "0": "not_taken",
      half: "not_due",
    });
    form.values["0"] = "";
    expect(whatIsMissing(form, preview(), shown.slice(0, 2))).toEqual({ dose: true });
  });

  it("says any step where the numbers are means", () => {
    const means = column("down", { minimum: 2.571429, scale: { minimum: 0, maximum: 10, step: 0.000001 } });
    const form = columnForm(means);
    expect(form.step).toBe("");
    expect(scaleOf(form)).toEqual({ minimum: 0, maximum: 10, step: 0.000001 });
    expect(columnForm(column("half", { scale: { minimum: 0, maximum: 10, step: 0.5 } })).step).toBe("0.5");
  });

  it("offers the last fortnight, or the whole of a shorter diary", () => {
    expect(lastFortnight(daysIn({ first: 0, last: 13 }))).toEqual({ start: 0, length: "14" });
    expect(lastFortnight(daysIn({ first: "2026-01-01", last: "2026-03-31" }))).toEqual({
      start: "2026-03-18",
      length: "14",
    });
    expect(lastFortnight(daysIn({ first: 1, last: 9 }))).toEqual({ start: 1, length: "9" });
    expect(daysIn({ first: 0, last: 900_000 })).toEqual([]);
  });

  it("wants a scale that can be one", () => {
    const form = { column: "y", minimum: "0", maximum: "10", step: "0,5" };
    expect(scaleOf(form)).toEqual({ minimum: 0, maximum: 10, step: 0.5 });
    for (const wrong of [{ maximum: "0" }, { step: "0" }, { step: "11" }, { minimum: "" }])
      expect(scaleOf({ ...form, ...wrong })).toBeNull();
  });

  it("reads what spreadsheets write", () => {
    const bytes = (...codes: number[]) => new Uint8Array(codes).buffer as ArrayBuffer;
    expect(decode(bytes(0xc3, 0xa4))).toBe("ä");
    expect(decode(bytes(0xe4))).toBe("ä");
    expect(decode(bytes(0xff, 0xfe, 0xe4, 0x00))).toBe("ä");
  });
});
