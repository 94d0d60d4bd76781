/**
 * What a person does not want to be asked each day. Kept on this phone, per account; an item that is off is not shown,
 * and nothing else changes. `isOff(account, "thoughts")` is all a screen needs.
 */
import { keepDraft, readDraft } from "./drafts";

export const ITEMS = [
  "mood",
  "dose",
  "sleep_hours",
  "hard_day",
  "sleep_quality",
  "like_myself",
  "energy",
  "own",
  "side_effects",
  "thoughts",
  "anything_else",
  "note",
] as const;
export type Item = (typeof ITEMS)[number];

const NAME = "items-off";

export function itemsOff(account: string): Item[] {
  const kept = readDraft<unknown>(account, NAME);
  return Array.isArray(kept) ? ITEMS.filter((item) => kept.includes(item)) : [];
}

export function isOff(account: string, item: Item): boolean {
  return itemsOff(account).includes(item);
}

/** False when this phone would not keep the choice. */
export function switchItem(account: string, item: Item, asked: boolean): boolean {
  const off = new Set(itemsOff(account));
  if (asked) off.delete(item);
  else off.add(item);
  return keepDraft(account, NAME, [...off]);
}
