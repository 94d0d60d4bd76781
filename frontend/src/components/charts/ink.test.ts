import { describe, expect, it } from "vitest";
import { dress } from "./ink";
import type { Plotly } from "./types";

const figure: Plotly = {
  data: [
    {
      x: [1, 2],
      y: [5, null],
      marker: { size: [6, 9], color: "#6d3a86", line: { width: 2, color: "#f9f4ea" } },
    },
  ],
  layout: {
    width: 288,
    height: 100,
    font: { size: 12 },
    xaxis: { range: [0.5, 14.5], domain: [0, 1], tickvals: [1, 2] },
    meta: { roles: { "#6d3a86": "on", "#f9f4ea": "surface" } },
  },
  config: {},
};

describe("a figure in the page's inks and size", () => {
  const dressed = dress(figure, new Map([["#6d3a86", "rgb(1, 2, 3)"]]), 2);

  it("changes each colour it knows, and no other", () => {
    expect(dressed.data[0]?.marker).toMatchObject({ color: "rgb(1, 2, 3)", line: { color: "#f9f4ea" } });
    expect(dressed.layout.meta).toEqual(figure.layout.meta);
  });

  it("scales lengths, and leaves data and places alone", () => {
    expect(dressed.layout).toMatchObject({ width: 576, height: 200, font: { size: 24 } });
    expect(dressed.data[0]?.marker).toMatchObject({ size: [12, 18], line: { width: 4 } });
    expect(dressed.data[0]?.y).toEqual([5, null]);
    expect(dressed.layout.xaxis).toEqual(figure.layout.xaxis);
  });
});
