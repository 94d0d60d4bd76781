/**
 * What opens by a tap is not on the first screen, and must be here before the tap: signal or none, nothing waits. It is
 * brought when the service worker has the whole app on this phone (then nothing is fetched twice); without a worker,
 * after a moment.
 */
import { idle, pause } from "../lib/idle";

const WITHOUT_WORKER_MS = 4000;

export async function beforehand(parts: (() => Promise<unknown>)[]): Promise<void> {
  await Promise.race([navigator.serviceWorker?.ready, pause(WITHOUT_WORKER_MS)].filter(Boolean));
  for (const part of parts) {
    await idle();
    await part().catch(() => undefined); // asked for again when it is needed
  }
}
