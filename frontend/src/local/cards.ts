/**
 * The cards that were closed on this phone: for that day they are one quiet line from then on, also after the next
 * start. Kept per account, as drafts are, and forgotten with them. Nothing about cards ever leaves the phone.
 */
import type { Day } from "../lib/day";
import type { Card } from "../lib/safety";
import { readDraft } from "./drafts";

export const NAME = "cards-closed";
export type Closed = { day: Day; card: Card };

export function readClosed(account: string): Closed[] {
  const kept = readDraft<unknown>(account, NAME);
  return Array.isArray(kept) ? (kept as Closed[]) : [];
}

/** The cards of this day that were closed. */
export function closedCards(account: string, day: Day): Card[] {
  return readClosed(account)
    .filter((one) => one.day === day)
    .map((one) => one.card);
}
