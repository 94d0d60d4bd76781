/** What a client shows of their session pages, on an open page of the therapist's: read again whenever that is. */
import { get } from "../api/client";
import type { ShownSessionPages } from "../components/session/types";
import { sentence } from "../lib/problems";

export class ShownSessionPagesState {
  shown = $state.raw<ShownSessionPages | null>(null);
  wrong = $state("");
  private asked = 0;

  constructor(readonly client: string) {}

  /** What is not known to be shown any more does not stay. */
  read = async (): Promise<void> => {
    const number = ++this.asked;
    const answer = await get<ShownSessionPages>(`/api/clients/${this.client}/session-pages`);
    if (number !== this.asked) return;
    this.shown = answer.ok ? answer.data : null;
    this.wrong = answer.ok || answer.problem.status === 404 ? "" : sentence(answer.problem);
  };

  away(): void {
    this.asked += 1;
    [this.shown, this.wrong] = [null, ""];
  }
}
