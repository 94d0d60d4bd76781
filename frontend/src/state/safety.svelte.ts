/** The step-aside rules over the days on this phone and the day under the thumb (`lib/safety.ts` holds the rules). */
import type { Experiment } from "../api/types";
import type { Card, DayAnswers, Look, Rules } from "../lib/safety";
import { isEmpty } from "../lib/answers";
import { readDays } from "../local/outbox";
import type { DayState } from "./day.svelte";

export type Near = "top" | "mood" | "sleep" | "thoughts";

const WHERE: Record<Card, Near> = { thoughts: "thoughts", mood: "mood", sleep: "sleep" };

const NOTHING: Look = { card: null, quiet: null, doseCard: false, gap: null, worrying: [], setsAside: false };

export class SafetyWatch {
  ready = $state(false);
  private others = $state.raw<DayAnswers[]>([]);
  /** The rules themselves are not on the first screen: on a phone without days there is nothing to look back at yet. */
  private apply = $state.raw<((days: DayAnswers[], day: string, rules: Rules) => Look) | null>(null);
  private coming: Promise<void> | null = null;
  private atFirst: Card | null = null;
  /** Closed by the person, for this visit. */
  closed = $state(false);

  constructor(
    private readonly day: DayState,
    private readonly experiment: Experiment,
  ) {}

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
    if (!this.apply) return NOTHING;
    return this.apply([...this.others, { day, ...this.day.answers }], day, this.rules);
  });

  /** Only a fortnight that compares days has a comparison to set aside. */
  readonly compares = $derived.by(() => this.experiment.gate.mode === "compare");

  /** What was there when the day was opened stands at the top; what a tap brings stands below that tap. */
  near(): Near | null {
    const card = this.look.card ?? this.look.quiet;
    if (card === null) return null;
    return card === this.atFirst ? "top" : WHERE[card];
  }

  async begin(): Promise<void> {
    await this.read();
    if (this.others.length > 0 || !isEmpty(this.day.answers)) await this.bring();
    this.atFirst = this.look.card ?? this.look.quiet;
    this.ready = true;
  }

  /** Brings the rules; asked again for as long as there is no signal to bring them with. */
  private bring(): Promise<void> {
    this.coming ??= import("../lib/safety").then(
      (rules) => void (this.apply = rules.look),
      () => void (this.coming = null),
    );
    return this.coming;
  }

  async read(): Promise<void> {
    void this.bring();
    const { account, experiment, day } = this.day.place;
    try {
      const rows = await readDays(account, experiment);
      this.others = rows.filter((row) => row.day !== day).map((row) => ({ day: row.day, ...row.answers }));
    } catch {
      // Without storage the rules see this day alone.
    }
  }
}
