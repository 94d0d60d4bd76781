/**
 * Who is signed in, as far as this phone knows. The phone remembers its account, so that the check-in opens with no
 * signal; whether the server still agrees is asked in the background.
 */
import type { Account } from "../api/types";
import { get } from "../api/client";
import { writeMeta } from "../local/db";

const KEY = "fortnight-account";

class Session {
  /** The account this phone belongs to; null when signed out. */
  account = $state<Account | null>(remembered());
  /** True when the server answered 401: entries are kept, and go out after signing in again. */
  expired = $state(false);

  /** Called by the sign-in and join screens with the server's answer. */
  signedIn(account: Account): void {
    this.account = account;
    this.expired = false;
    try {
      localStorage.setItem(KEY, JSON.stringify(account));
    } catch {
      // A full or closed storage only means that the phone asks again next time.
    }
    // The service worker has no local storage: it learns here for whom it may send.
    void writeMeta("account", account.id).catch(() => undefined);
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

  /** Asks the server who we are. No answer changes nothing. */
  async ask(): Promise<void> {
    const answer = await get<{ account: Account }>("/api/session");
    if (answer.ok) {
      if (answer.data.account.id !== this.account?.id) this.signedIn(answer.data.account);
      this.expired = false;
    } else if (answer.problem.status === 401) {
      if (this.account) this.expired = true;
    }
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
