import { describe, expect, it } from "vitest";
import type { Problem } from "../api/client";
import type { Experiment, Reminders } from "../api/types";
import {
  heldTimes,
  nextOf,
  remindersOf,
  same,
  toForm,
  toPut,
  weekdayName,
  wrongFrom,
  wrongOf,
} from "./reminders";

const SET: Reminders = {
  revision: 3,
  on: true,
  times: ["08:00", "20:30"],
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  every_other: false,
  quiet_from: null,
  quiet_until: null,
  paused_until: null,
  not_today: false,
  words: "minute",
  today: "2026-03-10",
  next_at: "2026-03-10T20:30:00Z",
  next_zone: "UTC",
};
const BASE = { revision: 3, not_today: false, zone: "Europe/Berlin" };
const problem = (...errors: Problem["errors"]): Problem => ({
  status: 422,
  code: "invalid-input",
  detail: "",
  errors,
  retryAfter: null,
  body: null,
});

describe("the form of the reminders", () => {
  it("goes to the server as it came", () => {
    const { revision, today: _today, next_at: _at, next_zone: _zone, ...set } = SET;
    const put = { ...set, base_revision: revision, zone: "Europe/Berlin" };
    expect(toPut(toForm(SET), BASE)).toEqual(put);
    const quiet = { ...SET, quiet_from: "22:00", quiet_until: "07:00", paused_until: "2026-03-12" };
    expect(toPut(toForm(quiet), BASE)).toMatchObject({ quiet_from: "22:00", paused_until: "2026-03-12" });
  });

  it("keeps the chosen days while others are tried, and sends only what is meant", () => {
    const form = toForm({ ...SET, weekdays: [5, 1] });
    expect(form.days).toBe("chosen");
    expect(toPut(form, BASE).weekdays).toEqual([1, 5]);
    form.days = "other";
    expect(toPut(form, BASE)).toMatchObject({ every_other: true, weekdays: [1, 2, 3, 4, 5, 6, 7] });
    expect(form.weekdays).toEqual([5, 1]);
  });

  it("says no quiet hours where they are off, whatever stands in the fields", () => {
    const form = toForm({ ...SET, quiet_from: "21:00", quiet_until: "06:00" });
    form.quiet = false;
    expect(toPut(form, BASE)).toMatchObject({ quiet_from: null, quiet_until: null });
  });

  it("is the same in whatever order the times stand", () => {
    const form = toForm(SET);
    expect(same(form, { ...form, times: ["20:30", "08:00"] })).toBe(true);
    expect(same(form, { ...form, times: ["20:31", "08:00"] })).toBe(false);
  });

  it("says under each field what is not right", () => {
    const form = toForm(SET);
    expect(wrongOf(form, "2026-03-10")).toEqual({});
    expect(
      wrongOf(
        {
          ...form,
          times: ["08:00", "", "08:00"],
          days: "chosen",
          weekdays: [],
          quiet: true,
          quiet_from: "",
          paused_until: "2026-03-10",
        },
        "2026-03-10",
      ),
    ).toEqual({
      "times.1": "reminders-time-missing",
      "times.2": "reminders-time-twice",
      weekdays: "reminders-weekdays-missing",
      quiet_from: "reminders-quiet-missing",
      paused_until: "reminders-pause-wrong",
    });
  });

  it.each([
    ["22:00", "07:00", "23:30", true],
    ["22:00", "07:00", "22:00", true],
    ["22:00", "07:00", "07:00", false],
    ["13:00", "15:00", "14:00", true],
    ["13:00", "15:00", "12:59", false],
  ])("knows whether quiet hours from %s until %s hold %s", (quiet_from, quiet_until, time, held) => {
    const form = { ...toForm(SET), times: [time], quiet: true, quiet_from, quiet_until };
    expect(wrongOf(form, "2026-03-10")).toEqual(held ? { "times.0": "reminders-time-quiet" } : {});
  });

  it("says it where the last change was made, of a time and the quiet hours that hold it", () => {
    const quiet = { quiet: true, quiet_from: "20:00", quiet_until: "08:01" };
    const form = { ...toForm(SET), ...quiet };
    expect(heldTimes(form)).toEqual(["08:00", "20:30"]);
    expect(heldTimes({ ...form, quiet: false })).toEqual([]);
    const said = { quiet_until: "reminders-quiet-time" };
    expect(wrongOf(form, "2026-03-10", "quiet_until")).toEqual(said);
    expect(Object.keys(wrongOf(form, "2026-03-10"))).toEqual(["times.0", "times.1"]);
    const server = problem({ field: "times.1", code: "in-quiet-hours" });
    expect(wrongFrom(server, "quiet_until")).toEqual(said);
  });

  it("takes no quiet hours that end when they begin", () => {
    const form = { ...toForm(SET), quiet: true, quiet_from: "13:00", quiet_until: "13:00" };
    expect(wrongOf(form, "2026-03-10")).toEqual({ quiet_until: "reminders-quiet-same" });
  });

  it("puts what the server names where it belongs", () => {
    const said = problem(
      { field: "times.1", code: "in-quiet-hours" },
      { field: "times", code: "twice" },
      { field: "zone", code: "zone-unknown" },
    );
    expect(wrongFrom(said)).toEqual({ "times.1": "reminders-time-quiet", "times.0": "reminders-time-twice" });
  });
});

describe("what follows", () => {
  const now = new Date(2026, 2, 10, 12, 0);
  const at = (...parts: [number, number, number, number]) => new Date(2026, ...parts).toISOString();
  const next = (set: Partial<Reminders>, status: Experiment["status"] = "running") =>
    nextOf({ ...SET, ...set }, status, now).key;

  it("is said truly", () => {
    expect(next({ on: false })).toBe("off");
    expect(next({}, "draft")).toBe("draft");
    expect(next({}, "paused")).toBe("paused");
    expect(next({ paused_until: "2026-03-12" })).toBe("until");
    expect(next({ next_at: null })).toBe("over");
    expect(next({ next_at: at(2, 10, 11, 59) })).toBe("next-now");
    expect(next({ next_at: at(2, 10, 20, 30) })).toBe("next-today");
    expect(next({ next_at: at(2, 11, 0, 15) })).toBe("next-tomorrow");
    expect(next({ next_at: at(2, 12, 8, 0) })).toBe("next-day");
  });
});

describe("the fortnight that reminders are about", () => {
  const one = (id: string, status: string, created_at = "2026-01-01", kind = "lived") =>
    ({ id, status, created_at, kind }) as Experiment;

  it("is the open one, else the newest draft", () => {
    const drafts = [
      one("a", "draft"),
      one("b", "draft", "2026-02-01"),
      one("c", "draft", "2026-03-01", "diary"),
    ];
    expect(remindersOf([one("x", "finished"), ...drafts])?.id).toBe("b");
    expect(remindersOf([...drafts, one("p", "paused")])?.id).toBe("p");
    expect(remindersOf([one("x", "stopped")])).toBeNull();
  });

  it("has a week that begins on Monday", () => {
    expect([1, 7].map((day) => weekdayName(day, "long"))).toEqual(["Monday", "Sunday"]);
  });
});
