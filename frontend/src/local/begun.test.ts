import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { begun } from "./begun";
import { keyOf } from "./drafts";

const ME = "6a9f0f4e-6f8f-4f0e-9d0b-0f6f6f0f4e6a";
const OTHER = "00000000-0000-4000-8000-000000000000";
const before = globalThis.localStorage;

/** As a browser has it: keys are its own properties, what is in it are strings. */
function storage(): Storage {
  const methods = {
    getItem(this: Record<string, string>, key: string) {
      return this[key] ?? null;
    },
  };
  return Object.create(methods) as Storage;
}

beforeEach(() => {
  Object.defineProperty(globalThis, "localStorage", { value: storage(), configurable: true });
});
afterEach(() => {
  Object.defineProperty(globalThis, "localStorage", { value: before, configurable: true });
});

const keep = (name: string, value: unknown = { form: "words" }, whose = ME) => {
  (localStorage as unknown as Record<string, string>)[keyOf(whose, name)] = JSON.stringify(value);
};

describe("what was begun and not sent", () => {
  it.each([
    ["plan-new", "/new"],
    ["plan-diary", "/diary"],
    ["safety-plan", "/plan"],
    [`page-balance-${OTHER}`, `/experiment/${OTHER}/balance`],
    [`page-rulers-${OTHER}`, `/experiment/${OTHER}/rulers`],
    [`page-words-${OTHER}`, `/experiment/${OTHER}/words`],
    [`session-agenda-${OTHER}`, `/sharing/${OTHER}/session`],
    [`session-check-${OTHER}-12`, `/sharing/${OTHER}/session`],
    [`review-${OTHER}`, `/review/${OTHER}`],
    [`note-${OTHER}-new`, `/client/${OTHER}/notes`],
    [`note-${OTHER}-${ME}`, `/client/${OTHER}/notes`],
  ])("%s is gone on with at %s", (name, place) => {
    keep(name);
    expect(begun(ME)).toBe(place);
  });

  it.each([
    [`note-${OTHER}-supervision`, "a name"],
    ["reminder-offer", "answered"],
    ["plan-new", { sent: true }],
    ["plan-new", null],
  ])("%s with %j is nothing to go on with", (name, value) => {
    keep(name, value);
    expect(begun(ME)).toBe("");
  });

  it("is found behind what is nothing to go on with", () => {
    keep("plan-diary", null);
    keep("plan-new");
    expect(begun(ME)).toBe("/new");
  });

  it("is asked of one account alone", () => {
    keep("plan-new", {}, OTHER);
    expect(begun(ME)).toBe("");
    expect(begun(OTHER)).toBe("/new");
  });
});
