/** Phone numbers in a person's own words: six digits or more, as they are written, that are not a date. */
const NUMBER = /(?<![\d+])\+?\(?\d(?:(?:[ .\/-]| [\/-] | ?\(|\) ?)?\d){5,14}(?!\d)/g;
const DATE = /^\d{4}-\d{1,2}-\d{1,2}$|^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$/;

export type Part = { text: string; href: string | null };

/** The words in order; each number carries what a `tel:` link dials. Together the parts are the words unchanged. */
export function withNumbers(words: string): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const found of words.matchAll(NUMBER)) {
    const [number] = found;
    if (DATE.test(number)) continue;
    if (found.index > from) parts.push({ text: words.slice(from, found.index), href: null });
    // "+44 (0)20": the zero is dialled only without the country's code.
    const dialled = number.startsWith("+") ? number.replace("(0)", "") : number;
    parts.push({ text: number, href: `tel:${dialled.replace(/[^\d+]/g, "")}` });
    from = found.index + number.length;
  }
  if (from < words.length) parts.push({ text: words.slice(from), href: null });
  return parts;
}
