import { describe, expect, it } from "vitest";
import {
  type Check,
  agendaForm,
  agendaOf,
  answers,
  blankAgenda,
  blankCheck,
  checkForm,
  checkOf,
  inOrder,
} from "./types";

const TODAY = "2026-03-12";
const check = (session_on: string, heard: number | null): Check => ({
  ...blankCheck(session_on),
  heard,
});

describe("a list for a session", () => {
  it("is none while there is no line, and leaves empty ones out", () => {
    expect(agendaOf(blankAgenda())).toBeNull();
    expect(agendaOf({ lines: ["", " two \n of it", "", "four", ""], session_on: "" })).toEqual({
      lines: ["two of it", "four"],
      session_on: null,
    });
  });
  it("comes back as it was", () => {
    const said = { lines: ["one", "two"], session_on: TODAY };
    expect(agendaOf(agendaForm(said))).toEqual(said);
  });
});

describe("a session check", () => {
  it("is none while nothing is answered; nought is an answer", () => {
    expect(checkOf(blankCheck(TODAY), TODAY)).toBeNull();
    expect(checkOf({ ...blankCheck(""), heard: 0 }, TODAY)).toEqual(check(TODAY, 0));
    expect(checkOf({ ...blankCheck(TODAY), words: " a \n" }, TODAY)?.words).toBe("a");
  });
  it("comes back as it was", () => {
    expect(checkOf(checkForm(check(TODAY, 3)), "2026-04-01")).toEqual(check(TODAY, 3));
  });
  it("stands in the order of the sessions, with what was answered and no more", () => {
    const all = inOrder([check("2026-03-09", 7), check("2026-03-02", 4), check("2026-03-05", null)]);
    expect(answers(all, "heard")).toEqual([
      { session: 1, value: 4 },
      { session: 3, value: 7 },
    ]);
    expect(answers(all, "fit")).toEqual([]);
  });
});
