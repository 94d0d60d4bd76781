/**
 * Whether a person has gone on from a part of a form: to another control, or past it by scrolling. What is left may
 * become smaller: never while they are at it, and only where nothing that they look at moves by it.
 */
import { flushSync } from "svelte";
import type { Attachment } from "svelte/attachments";
import { inPlace } from "../lib/in-place";

const CONTROL = "a, button, input, label, select, summary, textarea";
const QUIET_MS = 150;

export class Leaving {
  left = $state(false);

  /** `may`: whether it may become smaller now. `begins`: it was left before. */
  constructor(
    private readonly may: () => boolean,
    begins: boolean,
  ) {
    this.left = begins;
  }

  private leave(place: Element, edge: () => number): void {
    if (this.left || !this.may() || place.contains(document.activeElement)) return;
    inPlace(
      edge,
      () => flushSync(() => (this.left = true)),
      () => flushSync(() => (this.left = false)),
    );
  }

  back(): void {
    flushSync(() => (this.left = false));
  }

  readonly watch: Attachment<HTMLElement> = (place) => {
    const elsewhere = ({ target }: Event) => {
      if (target instanceof Element && target.matches(CONTROL) && !place.contains(target))
        this.leave(place, () => target.getBoundingClientRect().top);
    };
    const passed = () => {
      const bottom = () => place.getBoundingClientRect().bottom;
      if (bottom() < 0) this.leave(place, bottom);
    };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const scrolled = () => {
      clearTimeout(timer);
      timer = setTimeout(passed, QUIET_MS);
    };
    document.addEventListener("focusin", elsewhere);
    // Not every phone moves the focus to what is tapped.
    document.addEventListener("click", elsewhere, true);
    addEventListener("scroll", scrolled, { passive: true });
    return () => {
      clearTimeout(timer);
      document.removeEventListener("focusin", elsewhere);
      document.removeEventListener("click", elsewhere, true);
      removeEventListener("scroll", scrolled);
    };
  };
}
