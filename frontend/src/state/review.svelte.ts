/**
 * What the client keeps of looking together. Each letter is kept on this phone; with the account when it is said so, or
 * when a step is chosen. What another device wrote meanwhile is never written over unasked.
 */
import { get, put } from "../api/client";
import type { NextStep } from "../components/sharing/types";
import { sentence } from "../lib/problems";
import { t } from "../lib/words";
import { dropDraft, keepDraft } from "../local/draft-writing";
import { readDraft } from "../local/drafts";

export type Review = { conclusion: string; next_step: NextStep | null; revision: number };
type Draft = { conclusion: string; revision: number };

export const readReview = (experiment: string) => get<Review>(`/api/experiments/${experiment}/review`);

export class ReviewState {
  stored = $state.raw<Review | null>(null);
  conclusion = $state("");
  busy = $state(false);
  said = $state("");
  wrong = $state("");
  /** What is stored by now, where another device was first. */
  other = $state.raw<Review | null>(null);
  private readonly draft: string;
  private base = 0;
  /** The step that was chosen last, whether or not it could be kept. */
  private step: NextStep | null | undefined;

  constructor(
    readonly account: string,
    readonly experiment: string,
  ) {
    this.draft = `review-${experiment}`;
  }

  async load(): Promise<void> {
    const answer = await readReview(this.experiment);
    const kept = readDraft<Draft>(this.account, this.draft);
    if (!answer.ok) {
      this.wrong = sentence(answer.problem);
      if (kept) this.conclusion = kept.conclusion;
      return;
    }
    this.wrong = "";
    this.stored = answer.data;
    this.base = answer.data.revision;
    this.conclusion = kept?.conclusion ?? answer.data.conclusion;
    if (!kept || kept.conclusion === answer.data.conclusion) return;
    this.said = t("review-kept-here");
    if (kept.revision !== answer.data.revision) this.other = answer.data;
  }

  typed(): void {
    this.wrong = "";
    const here = keepDraft(this.account, this.draft, { conclusion: this.conclusion, revision: this.base });
    this.said = here ? t("review-kept-here") : "";
  }

  /** With the account. `step`: chosen by this tap. */
  async keep(step?: NextStep | null): Promise<void> {
    if (step !== undefined) this.step = step;
    if (this.busy) return;
    this.busy = true;
    this.said = this.wrong = "";
    const next_step = this.step !== undefined ? this.step : (this.stored?.next_step ?? null);
    const body = { conclusion: this.conclusion, next_step, base_revision: this.base };
    const answer = await put<Review>(`/api/experiments/${this.experiment}/review`, body);
    this.busy = false;
    if (answer.ok) {
      this.stored = answer.data;
      this.base = answer.data.revision;
      this.other = null;
      this.step = undefined;
      if (this.conclusion === answer.data.conclusion) dropDraft(this.account, this.draft);
      this.said = t("review-kept");
    } else if (answer.problem.status === 409 && answer.problem.code === "review-conflict") await this.meet();
    else this.wrong = sentence(answer.problem);
  }

  private async meet(): Promise<void> {
    const answer = await readReview(this.experiment);
    if (answer.ok) this.other = answer.data;
    else this.wrong = sentence(answer.problem);
  }

  /** Of the two, this one. */
  async settle(mine: boolean): Promise<void> {
    if (!this.other) return;
    this.stored = this.other;
    this.base = this.other.revision;
    this.other = null;
    if (mine) {
      await this.keep();
      return;
    }
    this.conclusion = this.stored.conclusion;
    this.step = undefined;
    dropDraft(this.account, this.draft);
    this.said = t("review-kept");
  }
}
