/**
 * Changes the page and scrolls so that what `edge` measures (a top or a bottom, in the window) keeps its place on the
 * screen. Where the page cannot be scrolled that far, `back` undoes the change. True when it stands.
 */
export function inPlace(edge: () => number, change: () => void, back: () => void): boolean {
  const [before, scrolled] = [edge(), scrollY];
  change();
  scrollBy(0, edge() - before);
  if (Math.abs(edge() - before) < 2) return true;
  back();
  scrollTo(0, scrolled);
  return false;
}
