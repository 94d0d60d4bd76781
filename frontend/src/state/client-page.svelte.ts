/**
 * What one client shares, on an open page of the reader's. It asks every few seconds whether it still is shared, and is
 * read again where there is something else to see; where nothing is, nothing stays.
 */
import { get, type Answer } from "../api/client";
import type { ClientPage, Shared } from "../components/sharing/types";
import { sentence } from "../lib/problems";

const EVERY_MS = 4000;

export class ClientPageState {
  page = $state.raw<ClientPage | null>(null);
  gone = $state(false);
  wrong = $state("");
  /** Of the fortnights before the newest those that were opened here, and what came in the way of one. */
  opened = $state.raw<Partial<Record<string, Shared>>>({});
  wrongIn = $state.raw<Partial<Record<string, string>>>({});

  /** How often each was asked for: an answer that comes after a later one says what was. */
  private asked: Record<string, number> = {};

  constructor(readonly id: string) {}

  /** Asks; null where it was asked for again meanwhile. */
  private async latest<T>(path: string): Promise<Answer<T> | null> {
    const turn = (this.asked[path] = (this.asked[path] ?? 0) + 1);
    const answer = await get<T>(path);
    return turn === this.asked[path] ? answer : null;
  }

  /** From the first reading on until the screen is left; returns how to leave. */
  open(): () => void {
    void this.read();
    const ask = () => void this.ask();
    const timer = setInterval(ask, EVERY_MS);
    document.addEventListener("visibilitychange", ask);
    addEventListener("pageshow", ask);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", ask);
      removeEventListener("pageshow", ask);
    };
  }

  read = async (): Promise<void> => {
    const answer = await this.latest<ClientPage>(`/api/clients/${this.id}`);
    if (!answer) return;
    if (answer.ok) {
      [this.page, this.gone, this.wrong] = [answer.data, false, ""];
      await Promise.all(Object.keys(this.opened).map((id) => this.readEarlier(id)));
    } else if (answer.problem.status === 404) this.away();
    else if (!this.page) this.wrong = sentence(answer.problem);
  };

  /** Read once; from then on it follows the page. */
  openEarlier = async (id: string): Promise<void> => {
    if (!this.opened[id]) await this.readEarlier(id);
  };

  private async readEarlier(id: string): Promise<void> {
    const answer = await this.latest<Shared>(`/api/clients/${this.id}/fortnights/${id}`);
    if (!answer || !this.page) return; // asked for again, or taken back, meanwhile
    this.wrongIn = { ...this.wrongIn, [id]: answer.ok ? "" : sentence(answer.problem) };
    if (answer.ok) this.opened = { ...this.opened, [id]: answer.data };
    else if ([401, 404].includes(answer.problem.status)) {
      const { [id]: _gone, ...rest } = this.opened;
      this.opened = rest;
    }
  }

  private async ask(): Promise<void> {
    if (!this.page || document.visibilityState === "hidden") return;
    const answer = await get<{ stamp: string }>(`/api/clients/${this.id}/standing`);
    if (answer.ok) {
      if (answer.data.stamp !== this.page?.stamp) await this.read();
    } else if ([401, 404].includes(answer.problem.status)) this.away();
  }

  private away(): void {
    this.page = null;
    this.opened = this.wrongIn = {};
    this.gone = true;
  }
}
