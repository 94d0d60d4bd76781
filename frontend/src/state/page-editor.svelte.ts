/**
 * One page to write on, from the first letter to the server. Kept on this phone as it is typed; nothing is lost when the
 * server does not answer, refuses, or has another page of the same key. Where pages lie and which one is written now is
 * the business of their `Source`.
 */
import type { Answer, Problem } from "../api/client";
import { sentence } from "../lib/problems";
import { t } from "../lib/words";
import { dropDraft, keepDraft } from "../local/draft-writing";
import { readDraft } from "../local/drafts";
import { session } from "./session.svelte";

export type Written = { revision: number; unreadable: boolean };

/** `P`: a page as the server has it, `S`: what is sent of one, `A`: everything that the server answers. */
export type Source<P extends S & Written, S, A> = {
  /** The name of the draft on this phone. */
  draft: string;
  read: () => Promise<Answer<A>>;
  write: (key: string, body: S & { base_revision: number }) => Promise<Answer<A>>;
  pages: (all: A) => P[];
  keyOf: (page: P) => string;
  /** Under which key the page on the screen is written, where it was begun under one (else it is empty) and whether
   * it changes one that the server had. */
  keyNow: (all: A, begun: string, changes: boolean) => string;
  without: (all: A, key: string) => A;
};

type Kept<F> = { form: F; revision: number; day: string };

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** `F` is what is on the screen, `S` what is sent of it. */
export class PageEditor<P extends S & Written, S, F, A> {
  form: F;
  pages = $state.raw<A | null>(null);
  state = $state<"opening" | "open" | "gone">("opening");
  /** What was written before could not be read. */
  away = $state(false);
  busy = $state(false);
  wrong = $state("");
  told = $state("");
  conflict = $state(false);
  /** The page on the screen as the server has it. */
  stored = $state.raw<P | null>(null);
  /** The earlier page whose words are on the screen, as long as nothing was changed in them. */
  from = $state<string | null>(null);
  private touched = $state(false);
  private revision = 0;
  /** Its key. */
  private day = "";
  private readonly account = session.account?.id ?? "";

  constructor(
    private readonly source: Source<P, S, A>,
    private readonly blank: () => F,
    private readonly toForm: (said: S) => F,
    private readonly toSaid: (form: F) => S | null,
    /** Whether a new page begins with the words of the last one. */
    private readonly goesOn: boolean,
  ) {
    const kept = readDraft<Kept<F>>(this.account, source.draft);
    this.form = $state(kept?.form ? { ...blank(), ...kept.form } : blank());
    if (kept?.form) {
      this.touched = true;
      this.revision = kept.revision;
      this.day = kept.day;
      this.told = t("balance-kept-here");
      this.state = "open";
    }
    void this.open();
  }

  /** Something is on the screen that the server does not have. */
  get begun(): boolean {
    return this.touched;
  }

  /** The pages of this kind, the oldest first. */
  readonly earlier = $derived.by((): P[] => (this.pages === null ? [] : this.source.pages(this.pages)));

  async open(): Promise<boolean> {
    const answer = await this.source.read();
    if (answer.ok) this.take(answer.data);
    else if (answer.problem.status === 404) this.state = "gone";
    else {
      this.away = true;
      this.state = "open";
    }
    return answer.ok;
  }

  /** What the server has. What was typed here stands; a page of this key that this phone has not seen is asked about. */
  private take(pages: A): void {
    this.pages = pages;
    this.away = false;
    this.state = "open";
    if (this.touched && this.arrived()) this.touched = false;
    const key = this.source.keyNow(pages, this.touched ? this.day : "", this.touched && this.revision > 0);
    const there = this.page(key);
    const revision = there?.revision ?? 0;
    if (this.touched) {
      const known = this.day === key ? this.revision : 0;
      this.conflict = revision !== known;
    } else {
      const last = this.goesOn ? this.earlier.filter((page) => !page.unreadable).at(-1) : undefined;
      const begin = there ?? last;
      this.form = begin ? this.toForm(begin) : this.blank();
      this.from = !there && last ? this.source.keyOf(last) : null;
    }
    [this.day, this.stored] = [key, there];
    if (!this.conflict) this.revision = revision;
  }

  private page(key: string): P | null {
    return this.earlier.find((page) => this.source.keyOf(page) === key) ?? null;
  }

  /** Whether what was begun here is with the server after all: it was sent, and its answer never came. */
  private arrived(): boolean {
    const there = this.page(this.day);
    if (!there || there.unreadable || there.revision <= this.revision) return false;
    const here = this.toSaid($state.snapshot(this.form) as F);
    if (!same(here, this.toSaid(this.toForm(there)))) return false;
    dropDraft(this.account, this.source.draft);
    this.told = "";
    return true;
  }

  /** Called with every change. */
  typed(): void {
    this.touched = true;
    this.wrong = "";
    const kept: Kept<F> = { form: $state.snapshot(this.form) as F, revision: this.revision, day: this.day };
    this.told = t(
      keepDraft(this.account, this.source.draft, kept) ? "balance-kept-here" : "balance-not-kept-here",
    );
  }

  afresh(): void {
    this.form = this.blank();
    this.from = null;
    this.typed();
  }

  /** An empty page under another key; what is on the screen is with the server. */
  begin(key: string): void {
    this.form = this.blank();
    [this.day, this.stored, this.revision] = [key, null, 0];
    [this.touched, this.told, this.wrong] = [false, "", ""];
  }

  /** True once the server has it. */
  async save(): Promise<boolean> {
    if (this.busy) return false;
    this.wrong = "";
    const said = this.toSaid($state.snapshot(this.form) as F);
    if (!said) {
      this.wrong = t("balance-nothing-yet");
      return false;
    }
    this.busy = true;
    try {
      if (!this.pages && !(await this.open())) {
        this.wrong = t("balance-no-signal");
        return false;
      }
      return !this.conflict && (await this.send(said, true));
    } finally {
      this.busy = false;
    }
  }

  private async send(said: S, again: boolean): Promise<boolean> {
    const answer = await this.source.write(this.day, { ...said, base_revision: this.revision });
    if (answer.ok) {
      this.kept(answer.data, said);
      return true;
    }
    const { code } = answer.problem;
    // A day has ended while this lay open: it becomes the page of the new one. Or the other page is no rival of it.
    if (again && (code === "not-today" || code.endsWith("-conflict")))
      return (await this.reread()) && !this.conflict && this.send(said, false);
    this.wrong = this.say(answer.problem);
    return false;
  }

  /** The server has what was sent. What was typed meanwhile stands, and the form itself is left as it is: whoever is at
   * one of its fields stays there. */
  private kept(pages: A, sent: S): void {
    this.heard(pages);
    this.revision = this.stored?.revision ?? 0;
    this.from = null;
    const now = $state.snapshot(this.form) as F;
    if (!same(this.toSaid(now), sent)) {
      this.typed();
      return;
    }
    this.touched = false;
    dropDraft(this.account, this.source.draft);
    if (!same(now, this.toForm(sent))) this.form = this.toForm(sent);
    this.told = t("balance-kept");
  }

  /** The server said something else of the pages; their words are the same. */
  heard(pages: A): void {
    this.pages = pages;
    this.stored = this.page(this.day);
  }

  async reread(): Promise<boolean> {
    this.touched = true;
    return this.open();
  }

  /** Of two pages of one key: keep what is here, or take the other. */
  async settle(mine: boolean): Promise<void> {
    this.conflict = false;
    this.revision = this.stored?.revision ?? 0;
    if (mine) {
      await this.save();
      return;
    }
    this.touched = false;
    dropDraft(this.account, this.source.draft);
    if (this.pages) this.take(this.pages);
    this.told = "";
  }

  /** After a page was taken away. */
  removed(key: string): void {
    if (!this.pages) return;
    this.pages = this.source.without(this.pages, key);
    if (key === this.day) [this.revision, this.stored] = [0, null];
    if (!this.touched) this.take(this.pages);
  }

  private say(problem: Problem): string {
    return problem.status === 0 ? t("balance-no-signal") : sentence(problem);
  }
}
