/** Where what was written is, for the bottom bar. It says only what is true at this moment. */

export type SavedState = "tap" | "keeping" | "phone" | "both" | "waiting" | "sign-in" | "needs-you" | "lost";

class Saved {
  state = $state<SavedState>("tap");
  /** Local time of the last write on this phone, "22:10". */
  time = $state("");
  /** How many check-ins are only on this phone. */
  unsent = $state(0);
}

export const saved = new Saved();
