/**
 * A chart as a PNG with its title and its sentence: the server's drawing on white, line by line, in the page's own
 * letters. An `<img>` of the SVG would not have those, and would need an exception in the page's policy.
 */
import { parts, type Part } from "./svg";
import type { Figure } from "./types";

const NAME = "fortnight-chart.png";
/** Pixels for each of the drawing: sharp on any phone. */
const SCALE = 3;
const EDGE = 16;
const TITLE = 18;
const SENTENCE = 13;
const INK = "#1f1b16";
const PAPER = "#ffffff";

const number = (of: ReadonlyMap<string, string>, name: string, otherwise = 0) =>
  Number(of.get(name) ?? otherwise);

/** The lines of a text that is no wider than `most`. */
export function lines(text: string, most: number, wide: (text: string) => number): string[] {
  const found: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = found.length > 0 ? `${found.at(-1)} ${word}` : word;
    if (found.length > 0 && wide(longer) <= most) found[found.length - 1] = longer;
    else found.push(word);
  }
  return found;
}

/** The picture; null where the browser cannot make one. */
export async function picture(figure: Figure): Promise<File | null> {
  const [root, ...rest] = parts(figure.svg);
  const canvas = document.createElement("canvas");
  const on = canvas.getContext("2d");
  if (!root || !on) return null;
  const head = new Map(root.attributes);
  const [, , width = 0, height = 0] = (head.get("viewBox") ?? "").split(" ").map(Number);
  const family = head.get("font-family") ?? "sans-serif";
  await document.fonts.ready;

  on.font = `700 ${TITLE}px ${family}`;
  const title = lines(figure.title, width, (text) => on.measureText(text).width);
  on.font = `${SENTENCE}px ${family}`;
  const sentence = lines(figure.sentence, width, (text) => on.measureText(text).width);
  const above = EDGE + title.length * TITLE * 1.3 + sentence.length * SENTENCE * 1.5 + EDGE / 2;

  canvas.width = SCALE * (width + 2 * EDGE);
  canvas.height = SCALE * (above + height + EDGE);
  on.scale(SCALE, SCALE);
  on.fillStyle = PAPER;
  on.fillRect(0, 0, canvas.width, canvas.height);
  on.fillStyle = INK;
  let y = EDGE;
  const write = (all: string[], font: string, step: number) => {
    on.font = font;
    for (const line of all) on.fillText(line, EDGE, (y += step));
  };
  write(title, `700 ${TITLE}px ${family}`, TITLE * 1.3);
  write(sentence, `${SENTENCE}px ${family}`, SENTENCE * 1.5);
  on.translate(EDGE, above);
  for (const part of rest) ink(on, part, family);

  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  return blob && new File([blob], NAME, { type: "image/png" });
}

/** One line, shape or word of the drawing. */
function ink(on: CanvasRenderingContext2D, part: Part, family: string): void {
  const of = new Map(part.attributes);
  on.save();
  on.globalAlpha = number(of, "opacity", 1);
  if (part.name === "text") {
    on.font = `${of.get("font-weight") ?? "400"} ${number(of, "font-size", 12)}px ${family}`;
    const anchor = of.get("text-anchor");
    on.textAlign = anchor === "middle" ? "center" : anchor === "end" ? "right" : "left";
    on.fillStyle = of.get("fill") ?? INK;
    on.fillText(part.text, number(of, "x"), number(of, "y"));
  } else {
    const path = outline(part.name, of);
    const [fill, stroke] = [of.get("fill") ?? "none", of.get("stroke") ?? "none"];
    // What has the colour of the page has that of the paper here.
    const roles = of.get("class") ?? "";
    if (fill !== "none") {
      on.fillStyle = roles.includes("f-surface") ? PAPER : fill;
      on.fill(path);
    }
    if (stroke !== "none") {
      on.strokeStyle = roles.includes("s-surface") ? PAPER : stroke;
      on.lineWidth = number(of, "stroke-width", 1);
      on.setLineDash((of.get("stroke-dasharray") ?? "").split(/[ ,]+/).filter(Boolean).map(Number));
      on.stroke(path);
    }
  }
  on.restore();
}

function outline(name: string, of: ReadonlyMap<string, string>): Path2D {
  const path = new Path2D(name === "path" ? of.get("d") : undefined);
  if (name === "line") {
    path.moveTo(number(of, "x1"), number(of, "y1"));
    path.lineTo(number(of, "x2"), number(of, "y2"));
  } else if (name === "circle") {
    path.arc(number(of, "cx"), number(of, "cy"), number(of, "r"), 0, 2 * Math.PI);
  }
  return path;
}
