/**
 * The one place that says words. A screen adds the catalogues it needs once, at its top:
 *
 *   import ftl from "@words/check-in.ftl?raw";
 *   addWords(ftl);
 *
 * and says things with `t("check-in-mood")`. The same Fluent files speak for the server, so a key is written once. They
 * are read at build (`plugins/words.ts`): the phone says patterns and carries no parser. `words.test.ts` holds this
 * against Fluent's own bundle, message by message.
 */
type Expression =
  | { type: "var" | "mesg"; name: string }
  | { type: "str"; value: string }
  | { type: "num"; value: number; precision?: number }
  | { type: "func"; name: string; args: (Expression | { type: "narg"; name: string; value: Expression })[] }
  | { type: "select"; selector: Expression; variants: { key: Expression; value: Pattern }[]; star: number };
type Pattern = string | (string | Expression)[];
export type Catalogue = Record<string, Pattern>;
export type Args = Record<string, string | number>;

const LOCALE = "en";
const messages = new Map<string, Pattern>();
const plural = new Intl.PluralRules(LOCALE);
const numbers = new Intl.NumberFormat(LOCALE);

/** Adds a catalogue, as `*.ftl?raw` gives it (Vite's types call that a string). */
export function addWords(catalogue: string | Catalogue): void {
  for (const [key, pattern] of Object.entries(catalogue as Catalogue)) messages.set(key, pattern);
}

/** True when the catalogues added so far have this key. */
export function knows(key: string): boolean {
  return messages.has(key);
}

/** The sentence for a key. A missing key shows the key itself, so that nothing breaks at night. */
export function t(key: string, args: Args = {}): string {
  const pattern = messages.get(key);
  return pattern === undefined ? key : say(pattern, args);
}

function say(pattern: Pattern, args: Args): string {
  if (typeof pattern === "string") return pattern;
  return pattern
    .map((part) => {
      const value = typeof part === "string" ? part : valueOf(part, args);
      return typeof value === "number" ? numbers.format(value) : value;
    })
    .join("");
}

function valueOf(expression: Expression, args: Args): string | number {
  switch (expression.type) {
    case "var":
      return args[expression.name] ?? `{$${expression.name}}`;
    case "mesg":
      return t(expression.name, args);
    case "str":
    case "num":
      return expression.value;
    case "select":
      return choose(expression, args);
    case "func":
      return formatted(expression, args);
  }
}

/** The variant whose key is the value itself, or the value's plural category; else the starred one. */
function choose(select: Extract<Expression, { type: "select" }>, args: Args): string {
  const value = valueOf(select.selector, args);
  const fits = ({ key }: { key: Expression }) => {
    if (key.type === "num") return value === key.value;
    if (key.type !== "str") return false;
    return value === key.value || (typeof value === "number" && plural.select(value) === key.value);
  };
  const variant = select.variants.find(fits) ?? select.variants[select.star];
  return variant ? say(variant.value, args) : "";
}

/** NUMBER(), the only function that the catalogues use. */
function formatted(call: Extract<Expression, { type: "func" }>, args: Args): string | number {
  const options: Record<string, string | number> = {};
  let value: string | number = "";
  for (const one of call.args) {
    if (one.type === "narg") options[one.name] = valueOf(one.value, args);
    else value = valueOf(one, args);
  }
  return typeof value === "number" ? new Intl.NumberFormat(LOCALE, options).format(value) : value;
}
