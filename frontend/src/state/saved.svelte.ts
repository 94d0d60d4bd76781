/** Where what was written is, for the bottom bar. It says only what is true at this moment. */

export type SavedState = "tap" | "keeping" | "phone" | "both" | "waiting" | "sign-in" | "needs-you" | "lost";

class Saved {
  state = $state<SavedState>("tap");
  /** Local time of the last write on this phone, "22:10". */
  time = $state("");
  /** How many check-ins are only on this phone. */
  unsent = $state(0);
  /** Whether the day in view has something written: only then is "saved" a true word. Null where no day is in view. */
  any = $state<boolean | null>(null);
  /** After a failed write: tries once more, and what to copy. Null otherwise. */
  lost = $state<{ again: () => void; words: () => string } | null>(null);
}

export const saved = new Saved();
