/** The step-aside rules over the days on this phone and the day under the thumb (`lib/safety.ts` holds the rules). */
import type { Experiment } from "../api/types";
import { type Card, type DayAnswers, type Look, type Rules, look } from "../lib/safety";
import { readDays } from "../local/outbox";
import type { DayState } from "./day.svelte";

export type Near = "top" | "mood" | "sleep" | "thoughts";

const WHERE: Record<Card, Near> = { thoughts: "thoughts", mood: "mood", sleep: "sleep" };

export class SafetyWatch {
  ready = $state(false);
  private others = $state.raw<DayAnswers[]>([]);
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
    return look([...this.others, { day, ...this.day.answers }], day, this.rules);
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
    this.atFirst = this.look.card ?? this.look.quiet;
    this.ready = true;
  }

  async read(): Promise<void> {
    const { account, experiment, day } = this.day.place;
    try {
      const rows = await readDays(account, experiment);
      this.others = rows.filter((row) => row.day !== day).map((row) => ({ day: row.day, ...row.answers }));
    } catch {
      // Without storage the rules see this day alone.
    }
  }
}
