import { describe, expect, it } from "vitest";
import type { Experiment, Gate } from "../api/types";
import {
  blankForm,
  changesFixed,
  freeOwnKey,
  nameMedicine,
  newOwn,
  readLength,
  readPoints,
  setFits,
  toForm,
  toPlan,
  whatIsWrong,
  withFit,
} from "./plan-form";

const form = () => ({ ...blankForm("Europe/Berlin"), question: " Am I foggier? " });

describe("the set-up form", () => {
  it("has a default for everything but three things", () => {
    expect(whatIsWrong(blankForm("UTC"), "2026-03-02", "start", null)).toEqual({
      question: "experiment-question-missing",
      primary: "experiment-measure-missing",
    });
    expect(toPlan(form())).toMatchObject({
      question: "Am I foggier?",
      length_days: 14,
      day_end: "04:00",
      start_on: null,
      primary: null,
      prediction: null,
      fits: null,
      prescriber_told: null,
    });
  });

  it("keeps 'told' as an answer only with its day", () => {
    expect(toPlan({ ...form(), told: true }).prescriber_told).toBeNull();
    expect(toPlan({ ...form(), told: true, told_on: "2026-02-01" }).prescriber_told).toEqual({
      told_on: "2026-02-01",
      name: null,
    });
    const asked = { asks_prescriber: true, blocked_by: null } as Gate;
    const ticked = { ...form(), primary: "mood" as const, told: true };
    expect(whatIsWrong(ticked, "2026-03-02", "start", asked)).toEqual({
      told_on: "experiment-told-on-missing",
    });
    const hidden = { asks_prescriber: false, blocked_by: null } as Gate;
    expect(whatIsWrong(ticked, "2026-03-02", "start", hidden)).toEqual({});
    expect(whatIsWrong(ticked, "2026-03-02", "start", null)).toEqual({});
  });

  it("does not carry what the prescriber knows to another medicine", () => {
    const told = { medicine: "sertraline", told: true, told_on: "2026-02-01", told_name: "Dr Lind" };
    const same = { ...form(), ...told };
    nameMedicine(same, "Sertraline ");
    expect(same).toMatchObject({ ...told, medicine: "Sertraline " });
    const other = { ...form(), ...told };
    nameMedicine(other, "methylphenidate");
    expect(other).toMatchObject({ told: false, told_on: "", told_name: "" });
    const fits = { ...form(), ...told };
    setFits(fits, ["pregnant"]);
    expect(fits).toMatchObject({ told: false, told_on: "", told_name: "" });
  });

  it("sends no expectation about days with it when there are none", () => {
    const expecting = { ...form(), direction: "lower" as const, points: "2" };
    expect(toPlan(expecting).prediction).toEqual({ direction: "lower", points: 2 });
    expect(toPlan({ ...expecting, way_in: "stopped" }).prediction).toBeNull();
    expect(toPlan({ ...expecting, direction: "same" }).prediction).toEqual({
      direction: "same",
      points: null,
    });
  });

  it("takes an own word as the measure only once it is written", () => {
    const flat = { ...form(), primary: "own1" as const, own: [newOwn("own1")] };
    expect(toPlan(flat).primary).toBeNull();
    expect(toPlan(flat).own_measures).toEqual([]);
    expect(whatIsWrong(flat, "2026-03-02", "start", null)).toEqual({
      own_name: "experiment-own-name-missing",
    });
    const named = { ...flat, own: [{ ...newOwn("own1"), name: " flat " }] };
    expect(toPlan(named)).toMatchObject({ primary: "own1", own_measures: [{ key: "own1", name: "flat" }] });
    expect(freeOwnKey(named.own)).toBe("own2");
  });

  it("carries the own line for low mood, which is set elsewhere", () => {
    expect(toPlan(form()).mood_floor).toBeNull();
    const row = { ...toPlan({ ...form(), mood_floor: 2 }), id: "1" } as unknown as Experiment;
    expect(toPlan(toForm(row)).mood_floor).toBe(2);
  });

  it("asks for a draft only what a draft needs", () => {
    expect(whatIsWrong(form(), "2026-03-02", "draft", null)).toEqual({});
  });

  it("does not begin in the past, and keeps a later day", () => {
    const ready = { ...form(), primary: "mood" as const };
    expect(whatIsWrong({ ...ready, start_on: "2026-03-01" }, "2026-03-02", "start", null)).toEqual({
      start_on: "experiment-start-on-past",
    });
    expect(whatIsWrong({ ...ready, start_on: "2026-03-09" }, "2026-03-02", "start", null)).toEqual({});
  });
});

describe("do any of these fit you?", () => {
  it("lets 'none' and 'rather not say' stand alone", () => {
    expect(withFit(["pregnant"], "none", true)).toEqual(["none"]);
    expect(withFit(["none"], "pregnant", true)).toEqual(["pregnant"]);
    expect(withFit(["pregnant"], "past_seizure", true)).toEqual(["pregnant", "past_seizure"]);
    expect(withFit(["pregnant"], "pregnant", false)).toEqual([]);
  });
});

describe("numbers as people type them", () => {
  it("reads points and days, and nothing else", () => {
    expect([readPoints("1,5"), readPoints("½"), readPoints(""), readPoints("two"), readPoints("-1")]).toEqual(
      [1.5, 0.5, null, null, null],
    );
    expect([readLength("14"), readLength("7"), readLength("6"), readLength("29"), readLength("")]).toEqual([
      14,
      7,
      null,
      null,
      null,
    ]);
  });
});

describe("a change of what was fixed", () => {
  it("is seen, and a change of words is not one", () => {
    const before = toPlan({ ...form(), primary: "mood" });
    expect(changesFixed(before, { ...before, question: "Another" })).toBe(false);
    expect(changesFixed(before, { ...before, primary: "energy" })).toBe(true);
    expect(changesFixed(before, { ...before, length_days: 21 })).toBe(true);
  });
});
