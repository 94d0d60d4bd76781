/** Closing a card (`cards.ts` reads which are closed: the check-in only does that). */
import type { Day } from "../lib/day";
import type { Card } from "../lib/safety";
import { NAME, readClosed } from "./cards";
import { keepDraft } from "./draft-writing";

/** No fortnight is longer: older ones no longer say anything. */
const KEPT = 28;

export function closeCard(account: string, day: Day, card: Card): void {
  const others = readClosed(account).filter((one) => one.day !== day || one.card !== card);
  keepDraft(account, NAME, [...others, { day, card }].slice(-KEPT));
}
