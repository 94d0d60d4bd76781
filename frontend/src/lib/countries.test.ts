import { readFileSync } from "node:fs";
import { parse } from "smol-toml";
import { expect, it } from "vitest";
import { countries } from "./countries";

it("offers every country of the directory of help lines, and no other", () => {
  const file = new URL("../../../app/data/crisis_lines.toml", import.meta.url);
  const { country } = parse(readFileSync(file, "utf-8")) as { country: Record<string, unknown> };
  const offered = countries().map((one) => one.code);
  expect(offered.sort()).toEqual(Object.keys(country).sort());
});
