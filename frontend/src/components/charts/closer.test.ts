import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const path = (name: string) => new URL(name, import.meta.url);
const bundle = readFileSync(
  path("../../../node_modules/plotly.js-basic-dist-min/plotly-basic.min.js"),
  "utf8",
);
const sheet = readFileSync(path("../../styles/plotly.css"), "utf8");

/** Rules that our charts never meet: mode bar, tips, dialogs, notices, links, inputs, cursors of dragging. */
const NOT_OURS =
  /modebar|data-title|plotly-cloud|^Y|X a|X svg a|X input|cursor-(\w+-resize|grab)|:hover|:focus/;

describe("the style rules that plotly.js may not write itself", () => {
  const rules = [...bundle.matchAll(/"([XY][^"{}]*)":(?=["'])/g)].map(([, selector = ""]) => selector);

  it("are found in the bundle", () => {
    expect(rules.length).toBeGreaterThanOrEqual(60);
  });

  it("are in our style sheet, or known not to be needed", () => {
    const missing = rules
      .filter((selector) => !NOT_OURS.test(selector))
      .flatMap((selector) => selector.split(","))
      .map((selector) => selector.replace("X", ".js-plotly-plot .plotly"))
      .filter((selector) => !sheet.includes(selector));
    expect(missing).toEqual([]);
  });

  it("are left out by plotly.js where an element says so", () => {
    expect(bundle).toContain(".no-inline-styles");
    expect(bundle).toContain("plotly.js-style-");
  });
});
