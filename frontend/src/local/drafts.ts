/**
 * Half-written forms, kept on this phone with every key stroke: local storage is written at once, so a closed tab or a
 * flat battery takes nothing. Each belongs to one account; signing out deletes them (`local/sign-out`).
 */
export const PREFIX = "fortnight-draft";

/** The three lines for hard days, half written. */
export const PLAN_LINES = "safety-plan";

export const keyOf = (account: string, name: string) => `${PREFIX}:${account}:${name}`;

export function readDraft<T>(account: string, name: string): T | null {
  try {
    return JSON.parse(localStorage.getItem(keyOf(account, name)) ?? "null") as T | null;
  } catch {
    return null;
  }
}

/** The names of one account's drafts that begin like this. */
export function draftNames(account: string, begin: string): string[] {
  try {
    const mine = keyOf(account, "");
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(mine + begin))
      .map((key) => key.slice(mine.length));
  } catch {
    return [];
  }
}

/** Whether this phone keeps one, of anybody. Where it cannot be told, it may. */
export function anyDrafts(): boolean {
  try {
    return Object.keys(localStorage).some((key) => key.startsWith(`${PREFIX}:`));
  } catch {
    return true;
  }
}
