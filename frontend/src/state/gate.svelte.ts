/** What may be compared for this medicine: asked of the server a moment after typing, and never guessed here. */
import { call } from "../api/client";
import type { ExperimentFields, Gate } from "../api/types";

const QUIET_MS = 500;

export class GateAnswer {
  gate = $state.raw<Gate | null>(null);
  state = $state<"none" | "looking" | "there" | "away">("none");
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asking: AbortController | null = null;
  private last = "";

  /** Asks for this plan. The same question is not asked twice; the earlier answer stays in view meanwhile. */
  ask(plan: ExperimentFields): void {
    const { medicine, pattern, fits, prescriber_told, way_in, length_days } = plan;
    const body = { medicine, pattern, fits, prescriber_told, way_in, length_days };
    const key = JSON.stringify(body);
    if (key === this.last && this.state !== "away") return;
    this.last = key;
    this.stop();
    if (medicine === null) {
      this.gate = null;
      this.state = "none";
      return;
    }
    this.state = "looking";
    this.timer = setTimeout(() => void this.send(body), this.gate ? QUIET_MS / 2 : QUIET_MS);
  }

  private async send(body: unknown): Promise<void> {
    const asking = new AbortController();
    this.asking = asking;
    const answer = await call<Gate>("POST", "/api/medicine-fit", { body, signal: asking.signal });
    if (asking.signal.aborted) return;
    if (answer.ok) {
      this.gate = answer.data;
      this.state = "there";
    } else {
      this.gate = null;
      this.state = "away";
    }
  }

  /** Shows nothing, and asks anew when next asked. */
  forget(): void {
    this.stop();
    this.last = "";
    this.gate = null;
    this.state = "none";
  }

  stop(): void {
    clearTimeout(this.timer);
    this.asking?.abort();
  }
}
