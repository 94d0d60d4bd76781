/**
 * Who is signed in, as far as this phone knows. The phone remembers its account, so that the check-in opens with no
 * signal; whether the server still agrees is asked in the background.
 */
import type { Account } from "../api/types";
import { del, get } from "../api/client";
import { forgetPlan } from "../local/own-plan";

const KEY = "fortnight-account";
/** Signed out with no signal: the server still has to hear of it, before anything else is asked of it. */
const LEAVING = "fortnight-leaving";

class Session {
  /** The account this phone belongs to; null when signed out. */
  account = $state<Account | null>(remembered());
  /** True when the server answered 401: entries are kept, and go out after signing in again. */
  expired = $state(false);

  /** Called by the sign-in and join screens with the server's answer. */
  signedIn(account: Account): void {
    // Help shows the plan to whoever holds this phone: it must not be that of the one who was here before.
    if (this.account && this.account.id !== account.id) forgetPlan();
    this.account = account;
    this.expired = false;
    try {
      localStorage.removeItem(LEAVING);
      localStorage.setItem(KEY, JSON.stringify(account));
    } catch {
      // A full or closed storage only means that the phone asks again next time.
    }
    // The service worker has no local storage: it learns here for whom it may send. And a browser that is killed
    // forgets what went into local storage last, but not this.
    void import("./signed-in").then((door) => door.writeMeta("account", account)).catch(() => undefined);
  }

  /** Remembers what local storage forgot. Waits a few milliseconds, and only where nobody is known. */
  async recall(): Promise<void> {
    if (this.account) return;
    try {
      // Most who are unknown were never here: without a database there is nothing to read, nor to load for it.
      const known = await indexedDB.databases?.();
      if (known && !known.some((one) => one.name === "fortnight")) return;
      const { readMeta } = await import("./signed-in");
      const kept = await readMeta<Account>("account");
      if (kept && !this.account) this.signedIn(kept);
    } catch {
      // A phone that keeps nothing remembers nobody.
    }
  }

  /** Another tab signed in or out. */
  follow(): void {
    addEventListener("storage", (event) => {
      if (event.key !== KEY && event.key !== null) return;
      const now = remembered();
      if (now?.id !== this.account?.id) this.account = now;
    });
  }

  /** Forgets the account on this phone (local data is deleted by `local/sign-out`). */
  signedOut(): void {
    this.account = null;
    this.expired = false;
    try {
      localStorage.removeItem(KEY);
    } catch {
      // Nothing was kept, so nothing is left.
    }
  }

  /** Ends the session on the server. False without an answer: then it is asked again before anything else. */
  async leave(): Promise<boolean> {
    const answer = await del<null>("/api/session");
    const heard = answer.ok || answer.problem.status === 401;
    try {
      if (heard) localStorage.removeItem(LEAVING);
      else localStorage.setItem(LEAVING, "yes");
    } catch {
      // Without storage the session ends by time.
    }
    return heard;
  }

  /** Asks the server who we are. No answer changes nothing. */
  async ask(): Promise<void> {
    if (!this.account && leaving() && !(await this.leave())) return;
    const answer = await get<{ account: Account }>("/api/session");
    if (answer.ok) {
      if (answer.data.account.id !== this.account?.id) this.signedIn(answer.data.account);
      this.expired = false;
    } else if (answer.problem.status === 401) {
      if (this.account) this.expired = true;
    }
  }
}

function leaving(): boolean {
  try {
    return localStorage.getItem(LEAVING) !== null;
  } catch {
    return false;
  }
}

function remembered(): Account | null {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "null") as Account | null;
    return kept && typeof kept.id === "string" ? kept : null;
  } catch {
    return null;
  }
}

export const session = new Session();
