import { t } from "../../lib/words";
import type { Shared } from "./types";

/** Where a fortnight that is shared stands by now. */
export function whenWords(shared: Shared): string {
  if (shared.ended) return t("sharing-shown-over");
  if (shared.day_number === null) return t("sharing-shown-waits");
  return t("sharing-shown-day", { day: shared.day_number, length: shared.length_days });
}
