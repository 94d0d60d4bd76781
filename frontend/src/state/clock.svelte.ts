/** The local day now, by the phone's zone and the experiment's day end. It never changes under a hand that is typing. */
import { localDay, phoneZone, untilNextDay } from "../lib/day";

export class TodayClock {
  today = $state("");
  private dayEnd = "04:00";
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.look();
  }

  /** Sets the experiment's day end. */
  by(dayEnd: string): void {
    this.dayEnd = dayEnd;
    this.today = localDay(new Date(), phoneZone(), dayEnd);
  }

  /** Looks again: on coming back to the app, and when the day is due to change. Returns the way to stop. */
  watch(): () => void {
    const back = () => {
      if (document.visibilityState === "visible") this.look();
    };
    const later = () => {
      this.timer = setTimeout(
        () => {
          const typing = document.activeElement?.matches("input, textarea") ?? false;
          if (document.visibilityState === "hidden" || !typing) this.look();
          later();
        },
        untilNextDay(new Date(), phoneZone(), this.dayEnd) + 500,
      );
    };
    document.addEventListener("visibilitychange", back);
    later();
    return () => {
      document.removeEventListener("visibilitychange", back);
      clearTimeout(this.timer);
    };
  }

  private look(): void {
    const now = localDay(new Date(), phoneZone(), this.dayEnd);
    if (now !== this.today) this.today = now;
  }
}
