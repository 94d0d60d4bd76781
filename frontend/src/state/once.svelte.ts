/**
 * A step by which something leaves Fortnight. Where the server asks for the password once more (`confirm-first`), the
 * step is done again after it; focus goes back to what was tapped.
 */
import { tick } from "svelte";
import type { Problem } from "../api/client";

export class Once {
  /** What goes on after the password. */
  again = $state.raw<(() => unknown) | null>(null);
  #from: HTMLElement | null = null;

  /** `instead`: where focus goes back to, if what was tapped is gone by then. */
  constructor(private readonly instead: () => HTMLElement | null = () => null) {}

  /** Whether the password is asked for now. What else went wrong is for the caller to say. */
  asks(problem: Problem | null, step: () => unknown): boolean {
    this.again = problem?.code === "confirm-first" ? step : null;
    if (this.again && document.activeElement instanceof HTMLElement) this.#from = document.activeElement;
    return this.again !== null;
  }

  yes = async () => {
    const step = this.again;
    await this.no();
    step?.();
  };

  no = async () => {
    this.again = null;
    await tick();
    (this.#from?.isConnected ? this.#from : this.instead())?.focus();
  };
}
