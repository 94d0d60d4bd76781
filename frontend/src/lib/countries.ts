/** The countries for which the directory of help lines has an entry (`app/data/crisis_lines.toml`), ISO 3166-1 alpha-2. */
const COUNTRIES = "AT AU BE BR CA CH DE DK ES FI FR GB IE IN IT JP KR MX NL NO NZ SE SG US ZA".split(" ");

/** Code and name, in the order of the names. */
export function countries(locale = "en"): { code: string; name: string }[] {
  const names = new Intl.DisplayNames([locale], { type: "region" });
  return COUNTRIES.map((code) => ({ code, name: names.of(code) ?? code })).sort((a, b) =>
    a.name.localeCompare(b.name, locale),
  );
}
