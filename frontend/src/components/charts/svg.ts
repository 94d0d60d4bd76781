/**
 * The server's SVG as elements, without innerHTML: what is not on these two short lists does not come into being,
 * whatever the text says. So the page needs no exception in its content policy, and a chart can hold nothing but
 * lines, shapes and words.
 */

const ELEMENTS = new Set(["svg", "line", "path", "circle", "text"]);
const ATTRIBUTES = new Set(
  (
    "viewBox role aria-label font-family font-size font-weight text-anchor class fill stroke stroke-width " +
    "stroke-dasharray opacity d x y x1 x2 y1 y2 cx cy r"
  ).split(" "),
);
const SPACE = "http://www.w3.org/2000/svg";
const NAMED: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

export type Part = { name: string; attributes: [string, string][]; text: string };

/** The tags of a drawing in order, each with its attributes and the words that follow it. Anything else is left out. */
export function parts(svg: string): Part[] {
  const found: Part[] = [];
  for (const [, name = "", inside = "", text = ""] of svg.matchAll(
    /<([a-z]+)((?:\s+[\w:-]+="[^"]*")*)\s*\/?>([^<]*)/g,
  )) {
    if (!ELEMENTS.has(name)) continue;
    const attributes = [...inside.matchAll(/([\w:-]+)="([^"]*)"/g)]
      .filter(([, key = ""]) => ATTRIBUTES.has(key))
      .map(([, key = "", value = ""]): [string, string] => [key, words(value)]);
    found.push({ name, attributes, text: name === "text" ? words(text) : "" });
  }
  return found;
}

/** The drawing, or null when it is not one of ours. */
export function draw(svg: string): SVGElement | null {
  const [root, ...rest] = parts(svg);
  if (root?.name !== "svg") return null;
  const sheet = element(root);
  for (const part of rest) if (part.name !== "svg") sheet.append(element(part));
  return sheet;
}

function element(part: Part): SVGElement {
  const made = document.createElementNS(SPACE, part.name);
  for (const [key, value] of part.attributes) made.setAttribute(key, value);
  if (part.text) made.textContent = part.text;
  return made;
}

/** Entities back to characters, each once. */
function words(text: string): string {
  return text.replace(
    /&(?:#(\d+)|#x([\da-f]+)|([a-z]+));/gi,
    (all, ten, sixteen, name: string | undefined) => {
      if (name) return NAMED[name] ?? all;
      const code = ten ? parseInt(ten, 10) : parseInt(sixteen, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : all;
    },
  );
}
