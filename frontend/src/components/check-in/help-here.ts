/** The directory's entry for the country of this phone, for the cards. */
import countries, { type Country } from "virtual:crisis-lines";
import { countryHere } from "../../lib/region";
import { readCountry } from "../../local/safety-plan";

export function helpHere(): { country: Country | undefined; guessed: boolean } {
  const { code, guessed } = countryHere(readCountry());
  return { country: countries[code], guessed };
}

/** A line of the health service, for the body too. Few countries have one on file. */
export const healthLines = (country: Country | undefined) =>
  (country?.lines ?? []).filter((line) => line.kind === "health");
