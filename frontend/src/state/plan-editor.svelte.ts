/**
 * One set-up form, from the first key stroke to day 1. Kept on this phone as it is typed; on the server as a draft; and
 * nothing that was typed is lost when the server does not answer, refuses, or knows a newer version.
 */
import { type Problem, get, post, put } from "../api/client";
import type { Experiment, Gate } from "../api/types";
import { phoneZone } from "../lib/day";
import {
  type PlanForm,
  type Wrong,
  blankForm,
  changesFixed,
  toForm,
  toPlan,
  whatIsWrong,
} from "../lib/plan-form";
import { namedFields, sentence } from "../lib/problems";
import { t } from "../lib/words";
import { dropDraft, keepDraft } from "../local/draft-writing";
import { readDraft } from "../local/drafts";
import { keepExperiment } from "./one-experiment";

/** What lies on the phone: the form, and which server row and revision it goes back to. */
export type Kept = {
  form: PlanForm;
  id: string | null;
  revision: number;
  /** The server has it just so. */
  sent?: boolean;
};

export const NEW = "plan-new";
/** The choices for a diary, made before its file is read. */
export const DIARY = "plan-diary";

export class PlanEditor {
  form = $state<PlanForm>(blankForm(phoneZone()));
  id = $state<string | null>(null);
  /** The row as the server last said it; null for a form that was never sent. */
  stored = $state.raw<Experiment | null>(null);
  state = $state<"opening" | "open" | "away" | "gone">("opening");
  busy = $state<"" | "draft" | "start" | "change">("");
  wrong = $state<Wrong>({});
  /** A sentence for the whole form. */
  told = $state("");
  conflict = $state(false);
  anotherOpen = $state(false);
  keptHere = $state(true);
  /** True when this form was begun before and found again on this phone. */
  before = $state(false);
  private revision = 0;
  private readonly name: string;

  constructor(
    private readonly account: string,
    id: string | null,
    name: string = NEW,
  ) {
    this.id = id;
    this.name = id ? `plan-${id}` : name;
    const kept = readDraft<Kept>(account, this.name);
    if (kept?.form) {
      this.form = { ...blankForm(phoneZone()), ...kept.form };
      this.id = kept.id;
      this.revision = kept.revision;
      this.before = true;
      this.state = "open";
    } else if (!id) this.state = "open";
  }

  /** Started: then this is a change of what stands, not a draft. */
  readonly changing = $derived.by(() => this.stored !== null && this.stored.status !== "draft");
  /** True when keeping this makes the result "cannot tell" (once day 1 has begun). */
  readonly capping = $derived.by(
    () =>
      this.changing && this.stored !== null && changesFixed(toPlan(toForm(this.stored)), toPlan(this.form)),
  );

  /** Reads the row that this form belongs to. What was typed here stands. */
  async open(mirrored: Experiment | null): Promise<void> {
    if (!this.id) return;
    const answer = await get<Experiment>(`/api/experiments/${this.id}`);
    const row = answer.ok ? answer.data : mirrored;
    if (!answer.ok && answer.problem.status === 404) {
      if (this.before) this.forgetRow();
      else this.state = "gone";
      return;
    }
    if (!row) {
      if (!this.before) this.state = "away";
      return;
    }
    this.stored = row;
    if (!this.before) this.takeRow(row);
    else if (answer.ok && row.revision !== this.revision) this.conflict = true;
    this.state = "open";
  }

  /** The draft was deleted elsewhere: what is typed here becomes a new one. */
  private forgetRow(): void {
    this.id = null;
    this.revision = 0;
    this.state = "open";
  }

  private takeRow(row: Experiment): void {
    this.stored = row;
    this.form = toForm(row);
    this.revision = row.revision;
  }

  /** Called with every change. */
  keepHere(form: PlanForm, sent = false): void {
    const kept: Kept = { form, id: this.id, revision: this.revision, sent };
    this.keptHere = keepDraft(this.account, this.name, kept);
  }

  /** Takes away what is on this phone only. */
  forgetHere(): void {
    dropDraft(this.account, this.name);
  }

  afresh(): void {
    this.forgetHere();
    this.form = blankForm(phoneZone());
    this.id = null;
    this.stored = null;
    this.revision = 0;
    this.before = false;
    this.wrong = {};
    this.told = "";
  }

  async takeTheirs(): Promise<void> {
    if (!this.id) return;
    const answer = await get<Experiment>(`/api/experiments/${this.id}`);
    if (!answer.ok) this.told = this.say(answer.problem);
    else {
      this.takeRow(answer.data);
      this.conflict = false;
      this.told = "";
    }
  }

  /** Keeps what is here over the other version. True once the revision to go from is known. */
  async keepMine(): Promise<boolean> {
    if (!this.id) return false;
    const answer = await get<Experiment>(`/api/experiments/${this.id}`);
    if (!answer.ok) {
      this.told = this.say(answer.problem);
      return false;
    }
    this.stored = answer.data;
    this.revision = answer.data.revision;
    this.conflict = false;
    this.told = "";
    this.keepHere($state.snapshot(this.form));
    return true;
  }

  /** Marks what is not an answer yet, of what is asked where the gate says this. True when all is well. */
  check(today: string, how: "start" | "draft" | "change", gate: Gate | null): boolean {
    this.told = "";
    this.anotherOpen = false;
    this.wrong = whatIsWrong(this.form, today, how, gate);
    if (Object.keys(this.wrong).length === 0) return true;
    this.told = t("experiment-see-marked");
    return false;
  }

  /** Sends the form as it stands. The row, or null with the reason said. */
  async send(how: "draft" | "start" | "change"): Promise<Experiment | null> {
    this.busy = how;
    try {
      const row = await this.write();
      if (!row || how !== "start") return row;
      const started = await post<Experiment>(`/api/experiments/${row.id}/start`);
      if (started.ok) {
        await keepExperiment(started.data);
        this.forgetHere();
        return started.data;
      }
      this.refused(started.problem);
      return null;
    } finally {
      this.busy = "";
    }
  }

  private async write(): Promise<Experiment | null> {
    const plan = toPlan(this.form);
    const answer = this.id
      ? await put<Experiment>(`/api/experiments/${this.id}`, { ...plan, base_revision: this.revision })
      : await post<Experiment>("/api/experiments", plan);
    if (!answer.ok) {
      if (answer.problem.status === 404 && this.id && !this.changing) {
        this.forgetRow();
        return this.write();
      }
      this.refused(answer.problem);
      return null;
    }
    this.id = answer.data.id;
    this.revision = answer.data.revision;
    this.stored = answer.data;
    this.keepHere($state.snapshot(this.form), true);
    await keepExperiment(answer.data);
    return answer.data;
  }

  private refused(problem: Problem): void {
    if (problem.code === "experiment-conflict") this.conflict = true;
    if (problem.code === "another-experiment-open") this.anotherOpen = true;
    const keys = {
      question: "question",
      primary: "primary",
      length_days: "length",
      start_on: "start_on",
      day_end: "day_end",
    } as const;
    const wrong: Wrong = {};
    for (const field of namedFields(problem, Object.keys(keys) as (keyof typeof keys)[]))
      wrong[keys[field]] = problem.errors.some((error) => error.code === "days-already-written")
        ? "experiment-days-already-written"
        : "experiment-field-wrong";
    if (problem.code === "would-be-over") wrong.day_end = "experiment-would-be-over";
    this.wrong = wrong;
    this.told =
      this.anotherOpen || this.conflict
        ? t(this.conflict ? "experiment-conflict" : "experiment-another-open")
        : this.say(problem);
  }

  private say(problem: Problem): string {
    return problem.status === 0 ? t("experiment-no-signal") : sentence(problem);
  }
}
