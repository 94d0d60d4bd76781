/**
 * What a person does not want to be asked each day. Kept on this phone, per account; an item that is off is not shown,
 * and nothing else changes.
 */
import type { WayIn } from "../api/types";
import { readDraft } from "./drafts";

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

export const OFF = "items-off";
/** What was switched on although it would be off for this way in. */
export const ON = "items-on";

export function keptItems(account: string, name: string): Item[] {
  const list = readDraft<unknown>(account, name);
  return Array.isArray(list) ? ITEMS.filter((item) => list.includes(item)) : [];
}

/** Who does not take it is not asked for a dose each day, unless they want to be. */
export function itemsOff(account: string, wayIn: WayIn | null = null): Item[] {
  const off = keptItems(account, OFF);
  const takesNone = wayIn === "stopped" || wayIn === "never_started";
  if (takesNone && !off.includes("dose") && !keptItems(account, ON).includes("dose")) off.push("dose");
  return off;
}
