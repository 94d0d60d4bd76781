import { describe, expect, it } from "vitest";
import { withNumbers } from "./phones";

const dialled = (words: string) => withNumbers(words).flatMap((part) => part.href ?? []);

describe("a phone number in somebody's own words", () => {
  it.each([
    ["Jo, any hour: 07700 900123", ["tel:07700900123"]],
    ["Jo 07700 900123, then Mum +44 (0)20 7946-0958.", ["tel:07700900123", "tel:+442079460958"]],
    ["116 123 at night", ["tel:116123"]],
    ["030/1234567", ["tel:0301234567"]],
    ["Jo 07700 900123. 3 rings.", ["tel:07700900123"]],
  ])("%s", (words, numbers) => expect(dialled(words)).toEqual(numbers));

  it.each(["Jo, after 18:30", "since 2026-03-10", "10.03.2026", "room 12, then 14", "Jo"])(
    "%s has none",
    (words) => expect(dialled(words)).toEqual([]),
  );

  it("leaves the words as they are", () => {
    const words = "Jo\n07700 900123\nor the line 116 123";
    expect(
      withNumbers(words)
        .map((part) => part.text)
        .join(""),
    ).toBe(words);
  });
});
