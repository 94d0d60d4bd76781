import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  look,
  rulesFor,
  setAsideOn,
  THRESHOLDS,
  type DayAnswers,
  type Rules,
  type Thresholds,
} from "./safety";

type Case = {
  name: string;
  rules: Omit<Rules, "thresholds">;
  days: DayAnswers[];
  day: string;
  expect: Record<string, unknown>;
};

const shared = JSON.parse(
  readFileSync(new URL("../../../tests/cases/safety.json", import.meta.url), "utf8"),
) as { thresholds: Thresholds; cases: Case[] };

describe("the step-aside rules, over the cases that the server is tested with too", () => {
  it("has all the cases", () => expect(shared.cases.length).toBeGreaterThan(50));

  it("knows the default thresholds", () => expect(THRESHOLDS).toEqual(shared.thresholds));

  it("makes the rules from an experiment and its gate", () => {
    const steps = [{ after: 2, unit: "days" as const, text: "Two days without it: call today." }];
    const rules = rulesFor({ fits: ["bipolar_or_psychosis"], gate: { steps } });
    expect(rules).toEqual({ thresholds: THRESHOLDS, bipolar: true, own_floor: null, steps, worrying: [] });
    expect(rulesFor({ fits: null, gate: {} }).bipolar).toBe(false);
  });

  it.each(shared.cases.map((one) => [one.name, one] as const))("%s", (_name, one) => {
    const rules: Rules = { ...one.rules, thresholds: shared.thresholds };
    const seen = look(one.days, one.day, rules);
    expect({
      card: seen.card,
      quiet: seen.quiet,
      quiet_again: seen.quietAgain,
      dose_card: seen.doseCard,
      gap: seen.gap?.say ?? null,
      worrying: seen.worrying.map((symptom) => symptom.id),
      sets_aside: seen.setsAside,
      set_aside_on: setAsideOn(one.days, rules),
    }).toEqual(one.expect);
    expect(look([...one.days].reverse(), one.day, rules)).toEqual(seen);
  });
});
