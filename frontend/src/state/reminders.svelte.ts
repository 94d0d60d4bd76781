/**
 * The reminders of one fortnight in hand. Each change is saved by itself; until the server has it, it is kept on this
 * phone, and nothing that was set is ever taken out of the form.
 */
import { type Problem, get, put } from "../api/client";
import type { Experiment, Reminders } from "../api/types";
import { localDay, phoneZone } from "../lib/day";
import { sentence } from "../lib/problems";
import {
  type At,
  type RemindersForm,
  type Wrong,
  same,
  toForm,
  toPut,
  wrongFrom,
  wrongOf,
} from "../lib/reminders";
import { dropDraft, keepDraft } from "../local/draft-writing";
import { readDraft } from "../local/drafts";

type Kept = { form: RemindersForm; revision: number };
/** Where on the screen something was changed: what became of it is said there. */
export type Place = "top" | "more";
/** `waits`: not saved, because something in the form is not right or somebody else changed it meanwhile. */
export type Saving = "" | "saving" | "saved" | "waits" | "no-signal" | "refused";

/** What a change did that "saved" alone does not say. */
export type Done = "" | "no-more" | "today-again" | "paused" | "resumed";

/** A time is typed in several strokes. */
export const TYPING_MS = 700;

export class RemindersEditor {
  form = $state<RemindersForm | null>(null);
  stored = $state.raw<Reminders | null>(null);
  wrong = $state.raw<Wrong>({});
  saving = $state<Saving>("");
  /** The server's sentence, where it is about no field. */
  problem = $state("");
  place = $state<Place>("top");
  done = $state<Done>("");
  /** What another device has saved meanwhile. */
  theirs = $state.raw<Reminders | null>(null);
  missing = $state(false);
  private at: At = "times";
  private revision = 0;
  private readonly address: string;
  private readonly name: string;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private busy = false;
  private again = false;
  private skips: boolean | null = null;

  constructor(
    private readonly account: string,
    readonly experiment: Experiment,
  ) {
    this.address = `/api/experiments/${encodeURIComponent(experiment.id)}/reminders`;
    this.name = `reminders-${experiment.id}`;
  }

  async load(): Promise<void> {
    const kept = readDraft<Kept>(this.account, this.name);
    const answer = await get<Reminders>(this.address);
    if (kept) [this.form, this.revision, this.saving] = [kept.form, kept.revision, "waits"];
    this.missing = !kept && !answer.ok;
    if (!answer.ok) return kept ? this.refused(answer.problem) : undefined;
    if (!kept) return this.take(answer.data);
    this.stored = answer.data;
    if (answer.data.revision !== kept.revision) this.settleWith(answer.data);
    this.changed();
  }

  /** Looks again, where nothing waits: a tap on a notification may have changed it. */
  async follow(): Promise<void> {
    if (this.busy || this.theirs || this.timer !== undefined || readDraft(this.account, this.name)) return;
    const answer = await get<Reminders>(this.address);
    if (!answer.ok || this.busy || this.timer !== undefined || readDraft(this.account, this.name)) return;
    // A field in hand keeps what stands in it; only what follows from it is shown anew.
    if (this.form && same(this.form, toForm(answer.data))) this.stored = answer.data;
    else this.take(answer.data);
    this.revision = answer.data.revision;
  }

  /** Something in the form was changed. `at`: of two things that may be at odds, this one. */
  changed(place: Place = this.place, wait = 0, at: At = this.at): void {
    if (!this.form) return;
    this.place = place;
    this.at = at;
    this.problem = this.done = "";
    keepDraft(this.account, this.name, { form: $state.snapshot(this.form), revision: this.revision });
    this.wrong = wrongOf(this.form, this.today(), at);
    this.plan(wait);
  }

  /** None any more today, or again. */
  skipToday(skips: boolean): void {
    this.skips = skips;
    this.place = "top";
    this.done = "";
    this.plan(0);
  }

  get skipsToday(): boolean {
    return this.stored?.not_today === true && this.stored.today === this.today();
  }

  /** Something here is not with the server yet. */
  get pending(): boolean {
    return readDraft(this.account, this.name) !== null;
  }

  retry = (): void => this.plan(0);

  /** Leaving the screen: what waits for the end of typing goes now. */
  leave = (): void => {
    if (this.timer !== undefined) this.plan(0);
  };

  /** Both were changed: the person says which one stands. */
  settle(mine: boolean): void {
    const { theirs } = this;
    if (!theirs) return;
    this.theirs = null;
    this.revision = theirs.revision;
    this.stored = theirs;
    if (mine) return this.changed("top");
    dropDraft(this.account, this.name);
    this.take(theirs);
    this.saving = "saved";
  }

  private today = () => localDay(new Date(), phoneZone(), this.experiment.day_end);

  private take(set: Reminders): void {
    this.stored = set;
    this.revision = set.revision;
    this.form = toForm(set);
    this.wrong = {};
  }

  private plan(wait: number): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.theirs || Object.keys(this.wrong).length > 0) {
      this.saving = "waits";
      return;
    }
    if (wait === 0) return void this.save();
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.save();
    }, wait);
  }

  private async save(): Promise<void> {
    if (this.busy) {
      this.again = true;
      return;
    }
    if (!this.form) return;
    this.busy = true;
    this.again = false;
    this.saving = "saving";
    const [sent, skips] = [$state.snapshot(this.form), this.skips];
    const not_today = skips ?? this.skipsToday;
    const body = toPut(sent, { revision: this.revision, not_today, zone: phoneZone() });
    const answer = await put<Reminders>(this.address, body);
    this.busy = false;
    if (answer.ok) {
      this.done = this.doneBy(answer.data) || this.done;
      this.stored = answer.data;
      this.revision = answer.data.revision;
      if (this.skips === skips) this.skips = null;
      if (this.again) return this.save();
      if (same(sent, $state.snapshot(this.form))) {
        dropDraft(this.account, this.name);
        this.saving = "saved";
      } else this.changed();
    } else if (answer.problem.code === "reminders-conflict")
      this.settleWith((answer.problem.body as { stored: Reminders }).stored);
    else this.refused(answer.problem);
  }

  private doneBy(now: Reminders): Done {
    if (now.not_today !== this.skipsToday) return now.not_today ? "no-more" : "today-again";
    if (now.paused_until === (this.stored?.paused_until ?? null)) return "";
    return now.paused_until ? "paused" : "resumed";
  }

  /** Where only "not today" was said elsewhere, or both say the same, there is nothing to ask. */
  private settleWith(theirs: Reminders): void {
    const was = this.stored && this.stored.revision === this.revision ? toForm(this.stored) : null;
    const now = toForm(theirs);
    if (this.form && ((was && same(was, now)) || same($state.snapshot(this.form), now))) {
      this.stored = theirs;
      this.revision = theirs.revision;
      this.plan(0);
      return;
    }
    this.theirs = theirs;
    this.saving = "waits";
  }

  private refused(problem: Problem): void {
    this.wrong = wrongFrom(problem, this.at);
    const inPlace = Object.keys(this.wrong).length > 0;
    this.saving = inPlace ? "waits" : problem.status === 0 ? "no-signal" : "refused";
    this.problem = this.saving === "refused" ? sentence(problem) : "";
  }
}
