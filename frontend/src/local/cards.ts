/**
 * The cards that were closed on this phone: for that day they are one quiet line from then on, also after the next
 * start. Kept per account, as drafts are, and forgotten with them. Nothing about cards ever leaves the phone.
 */
import type { Day } from "../lib/day";
import type { Card } from "../lib/safety";
import { keepDraft } from "./draft-writing";
import { readDraft } from "./drafts";

const NAME = "cards-closed";
/** No fortnight is longer: older ones no longer say anything. */
const KEPT = 28;

type Closed = { day: Day; card: Card };

function read(account: string): Closed[] {
  const kept = readDraft<unknown>(account, NAME);
  return Array.isArray(kept) ? (kept as Closed[]) : [];
}

/** The cards of this day that were closed. */
export function closedCards(account: string, day: Day): Card[] {
  return read(account)
    .filter((one) => one.day === day)
    .map((one) => one.card);
}

export function closeCard(account: string, day: Day, card: Card): void {
  const others = read(account).filter((one) => one.day !== day || one.card !== card);
  keepDraft(account, NAME, [...others, { day, card }].slice(-KEPT));
}
