/**
 * Who is signed in, as far as this phone knows. The phone remembers its account, so that the check-in opens with no
 * signal; whether the server still agrees is asked in the background.
 */
import type { Account } from "../api/types";
import { get, speakFor } from "../api/client";
import { anythingHere } from "../local/here";
import { forgetSafetyPlan } from "../local/safety-plan-here";

const KEY = "fortnight-account";
/** Whose signing out is not finished: rows may still be here, and the server has still to hear of it. */
const LEAVING = "fortnight-leaving";
/** Who came, and what others left here may not all be gone yet: the next page goes on with it. */
const ARRIVING = "fortnight-arriving";

class Session {
  /** The account this phone belongs to; null when signed out. */
  account = $state<Account | null>(remembered());
  /** True when the server answered 401: entries are kept, and go out after signing in again. */
  expired = $state(false);

  /** Called by the sign-in and join screens with the server's answer. */
  signedIn(account: Account): void {
    // Help shows the plan to whoever holds this phone: it must not be that of the one who was here before.
    if (this.account && this.account.id !== account.id) forgetSafetyPlan();
    this.account = account;
    this.expired = false;
    try {
      forgetLeaving();
      localStorage.setItem(ARRIVING, account.id);
      localStorage.setItem(KEY, JSON.stringify(account));
    } catch {
      // A full or closed storage only means that the phone asks again next time.
    }
    void this.finishArriving(account);
  }

  /**
   * The service worker has no local storage: it learns here for whom it may send. And a browser that is killed forgets
   * what went into local storage last, but not this.
   */
  private async finishArriving(account: Account): Promise<void> {
    try {
      await (await import("./signed-in")).arrived(account);
      if (localStorage.getItem(ARRIVING) === account.id) localStorage.removeItem(ARRIVING);
    } catch {
      // The next page tries again.
    }
  }

  /** Remembers what local storage forgot: who is here, or that they have left. Waits a few milliseconds. */
  async recall(): Promise<void> {
    if (leaving()) return;
    try {
      if (!(await anythingHere())) return; // most who are unknown were never here
      const { readMeta } = await import("./signed-in");
      if (this.account) {
        if (localStorage.getItem(ARRIVING) === this.account.id)
          return void this.finishArriving({ ...this.account });
        if ((await readMeta<string>("left")) !== this.account.id) return;
        this.begunToLeave();
        return this.signedOut();
      }
      const kept = await readMeta<Account>("account");
      if (kept && !this.account) this.signedIn(kept);
    } catch {
      // A phone that keeps nothing remembers nobody.
    }
  }

  /** Another tab signed in or out; there is a signal again. */
  follow(): void {
    addEventListener("online", () => void this.finishLeaving());
    addEventListener("storage", (event) => {
      if (event.key !== KEY && event.key !== null) return;
      const now = remembered();
      if (now?.id !== this.account?.id) this.account = now;
    });
  }

  /** The first step of signing out (`local/sign-out`): whatever is closed from here on, the next page goes on with it. */
  begunToLeave(): void {
    try {
      localStorage.removeItem(KEY);
      localStorage.removeItem(ARRIVING);
      if (this.account) localStorage.setItem(LEAVING, this.account.id);
    } catch {
      // Nothing was kept, so nothing is left.
    }
  }

  /** Nobody is signed in on this phone any more. */
  signedOut(): void {
    this.account = null;
    this.expired = false;
  }

  /** Goes on with a signing out that was not finished. False where the server still has not heard of it. */
  private async finishLeaving(): Promise<boolean> {
    const whose = leaving();
    if (this.account || !whose) return true;
    try {
      return await (await import("./goodbye")).finish(whose);
    } catch {
      return false; // no signal to bring it with: there is none to say goodbye with either
    }
  }

  /** Asks the server who we are. No answer changes nothing. */
  async ask(): Promise<void> {
    if (!(await this.finishLeaving())) return;
    const answer = await get<{ account: Account }>("/api/session", { account: null });
    if (answer.ok) {
      if (!answer.data?.account) return; // a network in between answered for us
      if (answer.data.account.id !== this.account?.id) this.signedIn(answer.data.account);
      this.expired = false;
    } else if (answer.problem.status === 401) {
      if (this.account) this.expired = true;
    }
  }
}

/** Whose signing out is not finished, or null. */
export function leaving(): string | null {
  try {
    return localStorage.getItem(LEAVING);
  } catch {
    return null;
  }
}

export function forgetLeaving(): void {
  try {
    localStorage.removeItem(LEAVING);
  } catch {
    // Without storage the session ends by time.
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
speakFor(() => session.account?.id);
