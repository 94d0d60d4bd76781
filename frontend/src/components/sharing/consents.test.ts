import { describe, expect, it } from "vitest";
import { endOf, holds, ran } from "./consents";
import type { Consent } from "./types";

const now = new Date("2026-05-31T12:00:00Z");
const consent = (more: Partial<Consent> = {}): Consent => ({
  experiment_id: "one",
  fields: ["mood"],
  given_at: "2026-05-01T12:00:00Z",
  ends_at: null,
  doses_until: null,
  withdrawn_at: null,
  readings: [],
  ...more,
});
const over = consent({ ends_at: "2026-05-31T12:00:00Z" });
const goes = consent({ ends_at: "2026-05-31T12:00:01Z" });
const back = consent({ withdrawn_at: "2026-05-02T12:00:00Z", ends_at: "2026-05-31T12:00:00Z" });

describe("a consent", () => {
  it("holds until it is taken back, or until its time is over", () => {
    expect([consent(), goes, over, back].map((one) => holds(one, now))).toEqual([true, true, false, false]);
  });
  it("ended when it was taken back, or by itself", () => {
    expect([consent(), goes, over, back].map((one) => endOf(one, now))).toEqual([
      null,
      null,
      over.ends_at,
      back.withdrawn_at,
    ]);
  });
  it("can be renewed where it ended by itself and nothing else holds", () => {
    expect(ran([back, over], now)).toBe(over);
    expect(ran([goes, over], now)).toBe(null);
    expect(ran([back], now)).toBe(null);
  });
});
