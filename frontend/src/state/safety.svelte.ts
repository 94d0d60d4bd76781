/** The step-aside rules over the days on this phone and the day under the thumb (`lib/safety.ts` holds the rules). */
import type { Experiment } from "../api/types";
import type { Card, DayAnswers, Look, Rules } from "../lib/safety";
import { isEmpty } from "../lib/answers";
import { closedCards } from "../local/cards";
import { readDays } from "../local/outbox";
import type { DayState } from "./day.svelte";

export type Near = "top" | "mood" | "sleep";

/** Below the tap that brings it. The card about thoughts comes before anything else. */
const WHERE: Record<Card, Near> = { thoughts: "top", mood: "mood", sleep: "sleep" };

const NOTHING: Look = {
  card: null,
  quiet: null,
  quietAgain: false,
  doseCard: false,
  gap: null,
  worrying: [],
  setsAside: false,
};

export class SafetyWatch {
  ready = $state(false);
  private others = $state.raw<DayAnswers[]>([]);
  /**
   * The rules are not on the first screen: on a phone without days there is nothing to look back at yet. Like all that
   * opens by a tap, they are on the phone before the first one.
   */
  private apply = $state.raw<((days: DayAnswers[], day: string, rules: Rules) => Look) | null>(null);
  private coming: Promise<void> | null = null;
  /** What stands at the top: it was there when the day was opened, or came from another device since. */
  private atTop = $state<Card | null>(null);
  private closed = $state.raw<readonly Card[]>([]);
  /** The card that the person asked for, by a "yes" or by the quiet line: shown in full, and brought into view. */
  asked = $state.raw<{ card: Card } | null>(null);

  constructor(
    private readonly day: DayState,
    private readonly experiment: Experiment,
  ) {
    this.closed = closedCards(day.place.account, day.place.day);
  }

  private readonly rules = $derived.by((): Rules => {
    const { gate, safety } = this.experiment;
    return {
      ...safety,
      steps: gate.steps.map(({ after, unit, text }) => ({ after, unit, say: text, daily_only: false })),
      worrying: gate.worrying,
    };
  });

  readonly look = $derived.by((): Look => {
    const { day } = this.day.place;
    // A "yes" needs no rules to be one: its card does not wait for them.
    const yes = this.day.answers.thoughts === "yes";
    if (!this.apply) return yes ? { ...NOTHING, card: "thoughts", setsAside: true } : NOTHING;
    return this.apply([...this.others, { day, ...this.day.answers }], day, this.rules);
  });

  /** What the card or the line is about. */
  readonly about = $derived.by((): Card | null => this.look.card ?? this.look.quiet);

  /** The card to show in full, or null where the quiet line is enough. */
  readonly full = $derived.by((): Card | null => {
    const { card } = this.look;
    if (this.about !== null && this.asked?.card === this.about) return this.about;
    return card !== null && !this.closed.includes(card) ? card : null;
  });

  /** Only a fortnight that compares days has a comparison to set aside. */
  readonly compares = $derived.by(() => this.experiment.gate.mode === "compare");

  near(): Near | null {
    if (this.about === null) return null;
    return this.about === this.atTop ? "top" : WHERE[this.about];
  }

  async begin(): Promise<void> {
    await this.read();
    if (this.anything()) await this.bring();
    this.atTop = this.about;
    this.ready = true;
  }

  /** Brings the rules; asked again for as long as there is no signal to bring them with. */
  bring(): Promise<void> {
    this.coming ??= import("../lib/safety").then(
      (rules) => void (this.apply = rules.look),
      () => void (this.coming = null),
    );
    return this.coming;
  }

  /** Answers came from outside this screen. What they bring stands at the top, until a thumb is among the answers. */
  async follow(): Promise<void> {
    const before = this.about;
    await this.day.load();
    await this.read();
    if (this.anything()) await this.bring();
    if (this.about !== before && !this.day.touched) this.atTop = this.about;
  }

  /** A tap on "yes" always shows its card, also where the rules alone would show the quiet line. */
  ask(card: Card): void {
    this.asked = { card };
  }

  /** Closed by the person: one quiet line for the rest of that day, and one tap to the card. */
  close(card: Card, keep: (account: string, day: string, card: Card) => void): void {
    const { account, day } = this.day.place;
    this.asked = null;
    this.closed = [...this.closed, card];
    keep(account, day, card);
  }

  /** Whether there is an answer that the rules could be about. */
  private anything(): boolean {
    return this.others.length > 0 || !isEmpty(this.day.answers);
  }

  private async read(): Promise<void> {
    const { account, experiment, day } = this.day.place;
    try {
      const rows = await readDays(account, experiment);
      this.others = rows.filter((row) => row.day !== day).map((row) => ({ day: row.day, ...row.answers }));
      if (this.others.length > 0) void this.bring();
    } catch {
      // Without storage the rules see this day alone.
    }
  }
}
