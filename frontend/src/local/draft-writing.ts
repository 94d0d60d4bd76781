/** Keeping and forgetting half-written forms (`drafts.ts` reads them: the check-in only does that). */
import { keyOf, PREFIX } from "./drafts";

/** False when this phone would not keep it: the screen says so, and the words stay in the form. */
export function keepDraft(account: string, name: string, value: unknown): boolean {
  try {
    localStorage.setItem(keyOf(account, name), JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export function dropDraft(account: string, name: string): void {
  try {
    localStorage.removeItem(keyOf(account, name));
  } catch {
    // Nothing was kept, so nothing is left.
  }
}

/** Deletes every draft of one account. */
export function forgetDrafts(account: string): void {
  forget((key) => key.startsWith(keyOf(account, "")));
}

/** Deletes every draft that is not this account's. */
export function forgetDraftsOfOthers(account: string): void {
  forget((key) => key.startsWith(`${PREFIX}:`) && !key.startsWith(keyOf(account, "")));
}

function forget(which: (key: string) => boolean): void {
  try {
    for (const key of Object.keys(localStorage).filter(which)) localStorage.removeItem(key);
  } catch {
    // Nothing was kept, so nothing is left.
  }
}
