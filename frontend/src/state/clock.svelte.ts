/** The local day now, by the phone's zone and the experiment's day end. It never changes under a hand that is typing. */
import { localDay, phoneZone } from "../lib/day";

/** A look at the clock costs nothing; zones and clocks move, so none is planned ahead. */
const LOOK_AGAIN_MS = 15_000;

export class TodayClock {
  today = $state("");
  private dayEnd = "04:00";

  constructor() {
    this.look();
  }

  /** Sets the experiment's day end. */
  by(dayEnd: string): void {
    this.dayEnd = dayEnd;
    this.today = localDay(new Date(), phoneZone(), dayEnd);
  }

  /** Looks again: on coming back to the app, and now and then. Returns the way to stop. */
  watch(): () => void {
    const back = () => {
      if (document.visibilityState === "visible") this.look();
    };
    const again = setInterval(() => {
      const typing = document.activeElement?.matches("input, textarea") ?? false;
      if (document.visibilityState === "hidden" || !typing) this.look();
    }, LOOK_AGAIN_MS);
    document.addEventListener("visibilitychange", back);
    return () => {
      document.removeEventListener("visibilitychange", back);
      clearInterval(again);
    };
  }

  private look(): void {
    const now = localDay(new Date(), phoneZone(), this.dayEnd);
    if (now !== this.today) this.today = now;
  }
}
