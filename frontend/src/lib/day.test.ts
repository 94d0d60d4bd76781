import { describe, expect, it } from "vitest";
import {
  addDays,
  beginsWeek,
  daysBetween,
  daysOf,
  isDay,
  lastDay,
  listDay,
  localDay,
  longDay,
  titleDay,
} from "./day";

const at = (iso: string) => new Date(iso);

describe("the local day", () => {
  it("ends at 04:00 on the wall clock", () => {
    expect(localDay(at("2026-03-11T02:59:59Z"), "Europe/Berlin", "04:00")).toBe("2026-03-10");
    expect(localDay(at("2026-03-11T03:00:00Z"), "Europe/Berlin", "04:00")).toBe("2026-03-11");
  });

  it("is decided by the zone the phone is in", () => {
    const evening = at("2026-03-10T20:30:00Z");
    expect(localDay(evening, "America/New_York", "04:00")).toBe("2026-03-10");
    expect(localDay(evening, "Asia/Tokyo", "04:00")).toBe("2026-03-11");
    expect(localDay(evening, "Pacific/Kiritimati", "04:00")).toBe("2026-03-11");
    expect(localDay(evening, "Pacific/Pago_Pago", "04:00")).toBe("2026-03-10");
  });

  it("takes a night of 23 hours and one of 25 as one night", () => {
    // Berlin, clocks forward on 29 March 2026 at 01:00Z and back on 25 October 2026 at 01:00Z.
    expect(localDay(at("2026-03-29T01:59:00Z"), "Europe/Berlin", "04:00")).toBe("2026-03-28");
    expect(localDay(at("2026-03-29T02:00:00Z"), "Europe/Berlin", "04:00")).toBe("2026-03-29");
    expect(localDay(at("2026-10-25T02:59:00Z"), "Europe/Berlin", "04:00")).toBe("2026-10-24");
    expect(localDay(at("2026-10-25T03:00:00Z"), "Europe/Berlin", "04:00")).toBe("2026-10-25");
  });

  it("stays steady when the day end falls into the hour that is left out, or comes twice", () => {
    // 02:30 does not exist on 29 March, and exists twice on 25 October: the wall clock decides each time.
    expect(localDay(at("2026-03-29T00:59:00Z"), "Europe/Berlin", "02:30")).toBe("2026-03-28");
    expect(localDay(at("2026-03-29T01:00:00Z"), "Europe/Berlin", "02:30")).toBe("2026-03-29");
    expect(localDay(at("2026-10-25T00:30:00Z"), "Europe/Berlin", "02:30")).toBe("2026-10-25");
    expect(localDay(at("2026-10-25T01:15:00Z"), "Europe/Berlin", "02:30")).toBe("2026-10-24");
  });

  it("knows half and quarter hours, and midnight as 00:00", () => {
    expect(localDay(at("2026-03-10T22:14:00Z"), "Asia/Kathmandu", "04:00")).toBe("2026-03-10");
    expect(localDay(at("2026-03-10T22:15:00Z"), "Asia/Kathmandu", "04:00")).toBe("2026-03-11");
    expect(localDay(at("2026-03-10T00:00:00Z"), "UTC", "00:00")).toBe("2026-03-10");
  });
});

describe("days as dates", () => {
  it("has one form for every row of a list", () => {
    expect(["2026-12-05", "2026-12-06", "2026-09-02"].map((day) => listDay(day))).toEqual([
      "Saturday 5 Dec",
      "Sunday 6 Dec",
      "Wednesday 2 Sep",
    ]);
  });

  it("begins a week on a Monday, as the charts do", () => {
    expect(["2026-03-08", "2026-03-09", "2026-03-10"].map(beginsWeek)).toEqual([false, true, false]);
  });

  it("counts over month, year and clock changes", () => {
    expect(addDays("2026-02-28", 1)).toBe("2026-03-01");
    expect(addDays("2026-03-01", -1)).toBe("2026-02-28");
    expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
    expect(daysBetween("2026-03-28", "2026-03-30")).toBe(2);
    expect(daysOf({ start_on: "2026-03-25", length_days: 14 }).at(-1)).toBe("2026-04-07");
    expect(daysOf({ start_on: null, length_days: 14 })).toEqual([]);
  });

  it("ends with the stop, by the experiment's own zone", () => {
    const one = { start_on: "2026-03-09", length_days: 14, zone: "Europe/Berlin", day_end: "04:00" };
    expect(lastDay(one)).toBe("2026-03-22");
    expect(lastDay({ ...one, stopped_at: "2026-03-11T02:59:59Z" })).toBe("2026-03-10");
    expect(lastDay({ ...one, stopped_at: "2026-03-11T03:00:00Z" })).toBe("2026-03-11");
    expect(lastDay({ ...one, stopped_at: "2026-03-01T12:00:00Z" })).toBe("2026-03-01");
    expect(lastDay({ ...one, start_on: null })).toBe(null);
  });

  it("tells real dates from others", () => {
    expect(isDay("2026-02-28")).toBe(true);
    expect(isDay("2026-02-30")).toBe(false);
    expect(isDay("tomorrow")).toBe(false);
  });

  it("names them, shorter where a title would break", () => {
    expect(longDay("2026-03-10")).toBe("Tuesday 10 March");
    expect(titleDay("2026-03-10")).toBe("Tuesday 10 March");
    expect(titleDay("2026-09-16")).toBe("Wednesday 16 Sep");
  });
});
