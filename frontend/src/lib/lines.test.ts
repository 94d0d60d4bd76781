import { describe, expect, it } from "vitest";
import { fieldsFor, moved, shown, written } from "./lines";

describe("lines in an order of one's own", () => {
  it("have room for one line more, and for so many at most", () => {
    expect(shown(["", "", "", "", ""], 5)).toBe(1);
    expect(shown(["one", "", "three", "", ""], 5)).toBe(4);
    expect(shown(["1", "2", "3", "4", "5"], 5)).toBe(5);
  });
  it("keep the client's order", () => {
    expect(moved(["one", "two", "three"], 2)).toEqual(["one", "three", "two"]);
  });
  it("are each on one line, and empty ones are left out", () => {
    expect(written(["", " two \n of it", "", "four", ""])).toEqual(["two of it", "four"]);
  });
  it("fill the first fields", () => {
    expect(fieldsFor(["one"], 3)).toEqual(["one", "", ""]);
    expect(fieldsFor(["1", "2", "3", "4"], 3)).toEqual(["1", "2", "3"]);
  });
});
