/**
 * Half-written forms, kept on this phone with every key stroke: local storage is written at once, so a closed tab or a
 * flat battery takes nothing. Each belongs to one account; signing out deletes them (`local/sign-out`).
 */
const PREFIX = "fortnight-draft";

/** The three lines for hard days, half written. */
export const PLAN_LINES = "safety-plan";

const keyOf = (account: string, name: string) => `${PREFIX}:${account}:${name}`;

export function readDraft<T>(account: string, name: string): T | null {
  try {
    return JSON.parse(localStorage.getItem(keyOf(account, name)) ?? "null") as T | null;
  } catch {
    return null;
  }
}

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
