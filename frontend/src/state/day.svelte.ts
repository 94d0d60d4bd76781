/**
 * One day under the thumb. A tap changes what is shown at once and is kept at once: one transaction for row and outbox
 * entry. When the phone cannot keep it, that is said, and what was typed stays in the form.
 */
import type { Answers } from "../api/types";
import { cleanText, isEmpty, noAnswers, reasonOf, sameAnswers } from "../lib/answers";
import { clockTime, phoneZone } from "../lib/day";
import type { Entry } from "../local/db";
import { type Place, keepDay, readDay } from "../local/outbox";
import { showKept, showState } from "./bar";
import { saved } from "./saved.svelte";
import { update } from "./update.svelte";

/** A write that takes longer than this is said to be under way. */
const SLOW_MS = 300;

export class DayState {
  answers = $state.raw<Answers>(noAnswers());
  /** What waits for this day, or needs the person. */
  entry = $state<Entry | null>(null);
  /** What the server has of this day does not open any more, and nothing of it is here. */
  unreadable = $state(false);
  loaded = $state(false);
  /** Whether something was answered here since the day was opened. */
  touched = false;
  private dirty = false;
  private writing = false;
  private release: (() => void) | null = null;

  constructor(readonly place: Place) {}

  /** Reads the day from this phone; does nothing while a tap is on its way to be kept. */
  load = async (): Promise<void> => {
    try {
      const { row, entry } = await readDay(this.place);
      if (!this.dirty && !this.writing) {
        const answers = row?.answers ?? noAnswers();
        if (!sameAnswers(answers, this.answers)) this.answers = answers;
      }
      this.entry = entry ?? null;
      this.unreadable = row?.unreadable === true;
    } catch {
      // A phone that cannot read its storage still takes answers, and says when it cannot keep them.
    }
    this.loaded = true;
    saved.any = !isEmpty(this.answers);
    await showState();
  };

  /** A tap: shown now, kept now. Resolves when it is kept, or when it could not be. */
  set(change: Partial<Answers>): Promise<void> {
    this.touched = true;
    const answers = { ...this.answers, ...change };
    this.answers = { ...answers, dose_reason: reasonOf(answers) };
    this.dirty = true;
    return this.keep();
  }

  /** Words are kept as they are typed. */
  write(field: "note" | "anything_else" | "side_effects_words", text: string): Promise<void> {
    return this.set({ [field]: text === "" ? null : text });
  }

  private async keep(): Promise<void> {
    if (this.writing) return;
    this.writing = true;
    const slow = setTimeout(() => {
      if (saved.state !== "lost") saved.state = "keeping";
    }, SLOW_MS);
    try {
      while (this.dirty) {
        this.dirty = false;
        await keepDay(this.place, this.toKeep(), phoneZone(), new Date());
      }
      saved.any = !isEmpty(this.answers); // not before: "saved" would be said of what is still being kept
      saved.time = clockTime(new Date());
      saved.state = "phone";
      saved.lost = null;
      this.release?.();
      this.release = null;
      showKept();
      void import("./sender.svelte").then((it) => it.soon()).catch(() => undefined);
    } catch {
      // Not kept, so an update must not throw it away and the person must know now.
      this.dirty = true;
      this.release ??= update.hold();
      saved.state = "lost";
      saved.lost = {
        again: () => void this.keep(),
        words: () => JSON.stringify({ day: this.place.day, ...this.toKeep() }, null, 2),
      };
    } finally {
      clearTimeout(slow);
      this.writing = false;
    }
  }

  private toKeep(): Answers {
    const { answers } = this;
    return {
      ...answers,
      note: answers.note && cleanText(answers.note),
      anything_else: answers.anything_else && cleanText(answers.anything_else),
      side_effects_words: answers.side_effects_words && cleanText(answers.side_effects_words),
    };
  }

  /** Leaving the screen with something that could not be kept. */
  leave(): void {
    saved.any = null;
    if (!this.dirty) {
      this.release?.();
      this.release = null;
    }
  }
}
