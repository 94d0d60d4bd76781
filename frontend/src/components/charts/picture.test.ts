import { describe, expect, it } from "vitest";
import { lines } from "./picture";

const wide = (text: string) => text.length;

describe("the words of a picture", () => {
  it("stand in lines that are no wider than it", () => {
    expect(lines("one two three four", 9, wide)).toEqual(["one two", "three", "four"]);
  });
  it("lose none of them, and a long word keeps a line of its own", () => {
    const text = "a extraordinarily b c";
    expect(lines(text, 5, wide)).toEqual(["a", "extraordinarily", "b c"]);
    expect(lines(text, 5, wide).join(" ")).toBe(text);
  });
  it("are none where there are none", () => {
    expect(lines("  ", 5, wide)).toEqual([]);
  });
});
