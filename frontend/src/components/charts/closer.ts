/**
 * The closer look: plotly.js draws a figure in place of our SVG. This module and the style sheet beside it load only
 * on the first touch of a chart, and plotly.js itself (395 kB) with it.
 *
 * plotly.js writes its style rules into `<style>` elements, which our content policy refuses (silently: its layers
 * then lie in the wrong place). It leaves them out where elements with these ids stand already; the rules that our
 * charts need are in `styles/plotly.css`. See docs/decisions.
 */
import "../../styles/plotly.css";
import { dress, inks } from "./ink";
import type { Plotly } from "./types";

const STYLES = [
  "plotly.js-style-global",
  "9f215cf04c5486422605d13261cb87401f4e7763b6296af81e98efbc0130da53", // map controls, which no chart of ours has
];

let loading: Promise<typeof import("plotly.js-basic-dist-min").default> | null = null;

/** plotly.js, loaded once. After a failure (no signal) the next call tries again. */
function load() {
  for (const id of STYLES) {
    if (document.getElementById(id)) continue;
    const stand = document.createElement("meta");
    stand.id = id;
    stand.className = "no-inline-styles";
    document.head.append(stand);
  }
  loading ??= import("plotly.js-basic-dist-min").then((module) => module.default);
  loading.catch(() => (loading = null));
  return loading;
}

/** Draws the figure into `at`, as wide as `at`, and again when the theme, the contrast or the room changes. */
export async function lookCloser(figure: Plotly, at: HTMLElement): Promise<() => void> {
  const plotly = await load();
  let width = 0;
  const paint = async () => {
    width = at.clientWidth;
    if (width === 0) return;
    const dressed = dress(figure, inks(figure, at), width / figure.layout.width);
    await plotly.react(at, dressed.data, dressed.layout, dressed.config);
  };
  await paint();

  const again = () => void paint();
  const themes = ["(prefers-color-scheme: dark)", "(prefers-contrast: more)"].map((query) =>
    matchMedia(query),
  );
  for (const theme of themes) theme.addEventListener("change", again);
  const room = new ResizeObserver(() => {
    if (Math.abs(at.clientWidth - width) >= 1) again();
  });
  room.observe(at);
  return () => {
    for (const theme of themes) theme.removeEventListener("change", again);
    room.disconnect();
    plotly.purge(at);
  };
}
