import { describe, expect, it } from "vitest";
import type { Answers } from "../api/types";
import { noAnswers } from "../lib/answers";
import { merge } from "./merge";

const day = (some: Partial<Answers>): Answers => ({ ...noAnswers(), ...some });

describe("three ways into one", () => {
  it("takes each answer from the side that changed it", () => {
    const base = day({ mood: 5, sleep_hours: 7 });
    const { answers, ask } = merge(
      base,
      day({ mood: 3, sleep_hours: 7 }),
      day({ mood: 5, sleep_hours: 6, energy: 2 }),
      "mine",
    );
    expect(answers).toMatchObject({ mood: 3, sleep_hours: 6, energy: 2 });
    expect(ask).toEqual({});
  });

  it("keeps an answer that one side cleared cleared", () => {
    const base = day({ mood: 5, own: { own1: 4 }, side_effects: { headache: 2 } });
    const { answers } = merge(
      base,
      day({ mood: null, own: {}, side_effects: { headache: 2 } }),
      base,
      "mine",
    );
    expect(answers.mood).toBeNull();
    expect(answers.own).toEqual({});
    expect(answers.side_effects).toEqual({ headache: 2 });
  });

  it("lets the later one stand where both changed the same answer", () => {
    const base = day({ mood: 5 });
    expect(merge(base, day({ mood: 3 }), day({ mood: 8 }), "mine").answers.mood).toBe(3);
    expect(merge(base, day({ mood: 3 }), day({ mood: 8 }), "theirs").answers.mood).toBe(8);
  });

  it("brings two first writings together", () => {
    const { answers } = merge(
      null,
      day({ mood: 4, side_effects: { jittery: 1 }, worrying: ["rash"] }),
      day({ dose: "taken", side_effects: { headache: null }, worrying: ["fainting"] }),
      "mine",
    );
    expect(answers).toMatchObject({ mood: 4, dose: "taken", side_effects: { jittery: 1, headache: null } });
    expect(answers.worrying.toSorted()).toEqual(["fainting", "rash"]);
  });

  it("drops a reason that no longer belongs to a dose not taken", () => {
    const base = day({ dose: "not_taken", dose_reason: "forgot" });
    const { answers } = merge(
      base,
      day({ dose: "not_taken", dose_reason: "ran_out" }),
      day({ dose: "taken" }),
      "theirs",
    );
    expect(answers).toMatchObject({ dose: "taken", dose_reason: null });
  });

  it("asks about words that both sides wrote, and loses neither", () => {
    const base = day({ note: "one" });
    const { answers, ask } = merge(base, day({ note: "mine" }), day({ note: "theirs" }), "theirs");
    expect(answers.note).toBe("mine");
    expect(ask).toEqual({ note: "theirs" });
  });

  it("keeps words when the other side only deleted theirs, and asks nothing about equal ones", () => {
    const base = day({ note: "one", anything_else: "x" });
    const { answers, ask } = merge(
      base,
      day({ note: null, anything_else: "y" }),
      day({ note: "two", anything_else: "y" }),
      "mine",
    );
    expect(answers).toMatchObject({ note: "two", anything_else: "y" });
    expect(ask).toEqual({});
  });

  it("is the same from both sides, but for who is later", () => {
    const base = day({ mood: 5, own: { own1: 1 }, worrying: ["a", "b"] });
    const one = day({ mood: 2, own: { own1: 1, own2: 3 }, worrying: ["b"], energy: 4 });
    const other = day({ mood: 9, own: {}, worrying: ["a", "b", "c"], energy: null });
    const here = merge(base, one, other, "mine").answers;
    const there = merge(base, other, one, "theirs").answers;
    expect({ ...here, worrying: here.worrying.toSorted() }).toEqual({
      ...there,
      worrying: there.worrying.toSorted(),
    });
  });
});
