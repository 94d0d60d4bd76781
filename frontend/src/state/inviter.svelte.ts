/**
 * Who invites, for whoever may say yes: by the link or code they were handed, or by the invitation with which their
 * account was made. The server remembers that one, and this phone keeps nothing.
 */
import ftl from "@words/code.ftl?raw";
import { tick } from "svelte";
import { get, post } from "../api/client";
import type { Inviter } from "../components/sharing/types";
import { addWords, t } from "../lib/words";
import { trouble } from "./sharing.svelte";

addWords(ftl);

export class InviterState {
  inviter = $state.raw<Inviter | null>(null);
  /** The server has answered once. */
  asked = $state(false);
  busy = $state(false);
  /** Said under the code. */
  codeWrong = $state("");
  wrong = $state("");
  private remembered = false;
  private secret = "";

  /** What goes with a yes: null for the invitation that the server remembers. */
  get code(): string | null {
    return this.remembered ? null : this.secret;
  }

  /** The secret of a link stays behind the `#`, is taken out of the address at once, and stands in no field. */
  take = (): void => {
    const given = location.hash.slice(1);
    if (!given) return;
    history.replaceState(null, "", location.pathname);
    void this.look(given, "sharing-link-none");
  };

  /** By the invitation that made this account, if it still waits. */
  async wait(): Promise<void> {
    this.busy = true;
    const answer = await get<Inviter | null>("/api/sharings/waiting");
    this.busy = false;
    this.asked = true;
    if (!answer.ok) this.wrong = trouble(answer.problem);
    else if (!this.inviter) [this.inviter, this.remembered] = [answer.data, answer.data !== null];
  }

  async look(secret: string, none = "code-none"): Promise<void> {
    this.codeWrong = this.wrong = "";
    this.busy = true;
    const answer = await post<Inviter>("/api/sharings/look-up", { code: secret });
    this.busy = false;
    this.asked = true;
    if (answer.ok) {
      [this.secret, this.inviter, this.remembered] = [secret, answer.data, false];
      await tick();
      document.getElementById("from")?.focus();
    } else if ([404, 422].includes(answer.problem.status)) this.codeWrong = t(none);
    else this.wrong = trouble(answer.problem);
  }
}
