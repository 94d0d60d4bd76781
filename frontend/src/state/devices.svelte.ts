/** This device and the others, as the screen of the reminders shows them. */
import { post } from "../api/client";
import type { PushDevice } from "../api/types";
import { pause } from "../lib/idle";
import { sentence } from "../lib/problems";
import * as push from "./push";

const LOOK_EVERY_MS = 1500;
const LOOK_FOR_MS = 20_000;

export type Trying = "" | "trying" | "shown" | "sent" | "waits";

export class Devices {
  here = $state.raw<push.Here | null>(null);
  allowing = $state(false);
  dismissed = $state(false);
  trying = $state<Trying>("");
  /** "stopped", "removed": what was just done. */
  done = $state<"" | "stopped" | "removed">("");
  problem = $state("");

  /** Nothing stands between a reminder and this device, as far as can be told. */
  readonly arrives = $derived.by(
    () => this.here?.state === "on" && this.here.sending && !this.here.mine?.refused_at,
  );
  readonly none = $derived.by(
    () =>
      this.here !== null && this.here.state !== "away" && !this.here.mine && this.here.others.length === 0,
  );

  look = async (): Promise<void> => {
    if (this.allowing || this.trying === "trying") return;
    this.here = await push.repair();
  };

  allow = async (): Promise<void> => {
    if (this.allowing) return;
    this.allowing = true;
    this.begin();
    this.here = await push.allow();
    this.allowing = false;
    this.dismissed = this.here.state === "ask" && Notification.permission === "default";
  };

  stop = async (): Promise<boolean> => {
    const mine = this.here?.mine;
    if (!mine) return false;
    this.begin();
    const heard = await push.stop(mine);
    await this.look();
    if (heard) this.done = "stopped";
    return heard;
  };

  remove = async (device: PushDevice): Promise<boolean> => {
    this.begin();
    const heard = await push.takeOff(device);
    if (heard && this.here) {
      this.here = { ...this.here, others: this.here.others.filter((one) => one.id !== device.id) };
      this.done = "removed";
    }
    return heard;
  };

  /** Has one sent, and waits until this device says that it has shown it. */
  tryOut = async (): Promise<void> => {
    const before = this.here?.mine;
    if (!before || this.trying === "trying") return;
    this.begin();
    this.trying = "trying";
    const answer = await post<null>(`/api/push-subscriptions/${before.id}/test`);
    if (!answer.ok) {
      this.trying = "";
      this.problem = sentence(answer.problem);
      return;
    }
    const until = Date.now() + LOOK_FOR_MS;
    let now = before;
    while (now.shown_at === before.shown_at && Date.now() < until) {
      await pause(LOOK_EVERY_MS);
      const all = await push.devices();
      now = all?.find((one) => one.id === before.id) ?? now;
      if (this.here?.mine) this.here = { ...this.here, mine: now };
    }
    this.trying =
      now.shown_at !== before.shown_at ? "shown" : now.sent_at !== before.sent_at ? "sent" : "waits";
  };

  private begin(): void {
    this.trying = this.done = this.problem = "";
    this.dismissed = false;
  }
}
