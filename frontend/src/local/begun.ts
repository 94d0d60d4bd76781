/** Where something lies that was begun on this phone and is not with the account. */
import { keyOf } from "./drafts";

/** By the name of its draft (`drafts.ts`): the address at which it is gone on with. */
const PLACES: readonly [RegExp, (...found: string[]) => string][] = [
  [/^plan-new$/, () => "/new"],
  [/^plan-diary$/, () => "/diary"],
  [/^safety-plan$/, () => "/plan"],
  [/^page-(balance|rulers|words)-(.+)$/, (kind, experiment) => `/experiment/${experiment}/${kind}`],
  [/^session-(?:agenda|check)-(.{36})(?:-\d+)?$/, (sharing) => `/sharing/${sharing}/session`],
  [/^review-(.+)$/, (experiment) => `/review/${experiment}`],
  // Not what is to be left out for supervision: that is no text of its own.
  [/^note-(.{36})-(?!supervision$).+$/, (client) => `/client/${client}/notes`],
];

/** The first address, or nothing. A draft that says of itself that it was sent is with the account. */
export function begun(account: string): string {
  try {
    const mine = keyOf(account, "");
    for (const key of Object.keys(localStorage).sort()) {
      if (!key.startsWith(mine)) continue;
      const kept = JSON.parse(localStorage.getItem(key) ?? "null") as { sent?: boolean } | null;
      if (kept === null || kept.sent === true) continue;
      for (const [name, place] of PLACES) {
        const found = name.exec(key.slice(mine.length));
        if (found) return place(...found.slice(1));
      }
    }
  } catch {
    // Nothing can be read, so nothing can be gone on with.
  }
  return "";
}
