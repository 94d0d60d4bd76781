/** The country whose help lines are shown: the one that was chosen, else the region of the phone's own languages. */
export function countryHere(chosen: string | null): { code: string; guessed: boolean } {
  if (chosen) return { code: chosen, guessed: false };
  // "en-GB" → GB, "zh-Hans-SG" → SG.
  const region = navigator.languages.map((tag) => /-([A-Z]{2})\b/.exec(tag)?.[1]).find(Boolean);
  return { code: region ?? "", guessed: true };
}
