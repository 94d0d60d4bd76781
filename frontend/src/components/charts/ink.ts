/** A figure in the page's own inks and size. Each of its colours is one role, and each role a custom property. */
import type { Json, Plotly } from "./types";

export const ROLES: Record<string, string> = {
  on: "--mark-on",
  off: "--mark-off",
  ink: "--ink",
  soft: "--soft",
  edge: "--edge",
  line: "--line",
  surface: "--paper",
};

/** Every length in pixels that a figure of ours holds; positions are shares of the sheet and scale by themselves. */
const LENGTHS = new Set(["width", "height", "size"]);

/** What the page paints each of the figure's colours with now: dark, print and more contrast included. */
export function inks(figure: Plotly, near: HTMLElement): Map<string, string> {
  const probe = near.ownerDocument.createElement("span");
  near.append(probe);
  const found = new Map<string, string>();
  for (const [colour, role] of Object.entries(figure.layout.meta.roles)) {
    probe.style.color = `var(${ROLES[role] ?? "--ink"})`;
    found.set(colour, getComputedStyle(probe).color);
  }
  probe.remove();
  return found;
}

/** A copy with other inks, and every length times `scale`. */
export function dress(figure: Plotly, inked: Map<string, string>, scale: number): Plotly {
  const change = (value: Json, key: string): Json => {
    if (typeof value === "string") return inked.get(value) ?? value;
    if (typeof value === "number") return LENGTHS.has(key) ? value * scale : value;
    if (Array.isArray(value)) return value.map((each) => change(each, key));
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, name === "meta" ? each : change(each, name)]),
    );
  };
  return change(figure, "") as Plotly;
}
