/** Switching an item of the check-in off and on (`items.ts` reads what is off: the check-in only does that). */
import { keepDraft } from "./draft-writing";
import { type Item, keptItems, OFF, ON } from "./items";

/** False when this phone would not keep the choice. */
export function switchItem(account: string, item: Item, asked: boolean): boolean {
  const without = (name: string) => keptItems(account, name).filter((one) => one !== item);
  const [to, from] = asked ? [ON, OFF] : [OFF, ON];
  return keepDraft(account, to, [...without(to), item]) && keepDraft(account, from, without(from));
}
