/** A newer version of the app waits until the person agrees and nothing half-written is open. */

class Update {
  /** True when a newer version is ready, no form is dirty and the person has not said "later". */
  ready = $derived.by(() => this.waiting && this.dirty === 0 && !this.postponed);
  private waiting = $state(false);
  private postponed = $state(false);
  private dirty = $state(0);
  private apply: () => void = () => {};

  /** The service worker says that a newer version is installed. */
  offer(apply: () => void): void {
    this.apply = apply;
    this.waiting = true;
    this.postponed = false;
  }

  /** True while something is open that is kept nowhere. */
  get held(): boolean {
    return this.dirty > 0;
  }

  take(): void {
    this.waiting = false;
    this.apply();
  }

  later(): void {
    this.postponed = true;
  }

  /** A form with words that are kept nowhere calls this; it gives back the way to say "no longer". */
  hold(): () => void {
    this.dirty += 1;
    let held = true;
    return () => {
      if (held) this.dirty -= 1;
      held = false;
    };
  }
}

export const update = new Update();
