/**
 * What opens by a tap is not on the first screen, and must be here before the tap: signal or none, nothing waits. It is
 * brought when the service worker has the whole app on this phone (then nothing is fetched twice); without a worker,
 * after a moment.
 */
const WITHOUT_WORKER_MS = 4000;

export async function beforehand(parts: (() => Promise<unknown>)[]): Promise<void> {
  await Promise.race([navigator.serviceWorker?.ready, pause(WITHOUT_WORKER_MS)].filter(Boolean));
  for (const part of parts) {
    await idle();
    await part().catch(() => undefined); // asked for again when it is needed
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A moment in which nothing else is to be done. */
function idle(): Promise<unknown> {
  if (!("requestIdleCallback" in globalThis)) return pause(50);
  return new Promise((resolve) => requestIdleCallback(resolve, { timeout: 1000 }));
}
