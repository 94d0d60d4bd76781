/** Saying it once: a clock, and a recording that is kept in this page's memory and nowhere else. */

/** Whether this device has what a recording needs. Without https there is no microphone. */
export const recordable = (): boolean =>
  typeof MediaRecorder !== "undefined" && Boolean(navigator.mediaDevices?.getUserMedia);

export class Rehearsal {
  runs = $state(false);
  records = $state(false);
  /** The microphone is asked for. */
  asks = $state(false);
  done = $state(false);
  wrong = $state(false);
  thrown = $state(false);
  seconds = $state(0);
  /** The address of the recording, for as long as the page is open. */
  heard = $state("");
  private began = 0;
  private ticks = 0;
  private recorder: MediaRecorder | null = null;
  private left = false;

  start(): void {
    if (this.runs) return;
    [this.runs, this.done, this.wrong, this.thrown, this.seconds] = [true, false, false, false, 0];
    this.began = Date.now();
    this.ticks = window.setInterval(() => this.tick(), 250);
  }

  async record(): Promise<void> {
    if (this.runs || this.asks) return;
    [this.asks, this.wrong] = [true, false];
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      // The page was left, or looked away from, while the device asked.
      if (this.left || document.visibilityState === "hidden") {
        silence(stream);
        return;
      }
      this.throwAway();
      try {
        this.listen(stream);
      } catch (error) {
        silence(stream); // a microphone that nobody listens to does not stay open
        throw error;
      }
      this.start();
    } catch {
      this.wrong = true;
    } finally {
      this.asks = false;
    }
  }

  private listen(stream: MediaStream): void {
    const parts: Blob[] = [];
    const recorder = new MediaRecorder(stream);
    recorder.ondataavailable = (event) => parts.push(event.data);
    recorder.onstop = () => {
      silence(stream);
      if (!this.left && parts.length > 0)
        this.heard = URL.createObjectURL(new Blob(parts, { type: recorder.mimeType }));
    };
    recorder.start();
    [this.recorder, this.records] = [recorder, true];
  }

  private tick(): void {
    this.seconds = Math.floor((Date.now() - this.began) / 1000);
  }

  stop(): void {
    if (!this.runs) return;
    this.tick();
    window.clearInterval(this.ticks);
    if (this.recorder?.state === "recording") this.recorder.stop();
    this.recorder = null;
    [this.runs, this.records, this.done] = [false, false, true];
  }

  throwAway(): void {
    if (!this.heard) return;
    URL.revokeObjectURL(this.heard);
    [this.heard, this.thrown] = ["", true];
  }

  /** The page is left: nothing of it stays. */
  leave(): void {
    this.left = true;
    this.stop();
    this.throwAway();
  }
}

const silence = (stream: MediaStream) => stream.getTracks().forEach((track) => track.stop());
