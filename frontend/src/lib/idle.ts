export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A moment in which nothing else is to be done; after a second there is none, and it begins all the same. */
export function idle(): Promise<unknown> {
  if (!("requestIdleCallback" in globalThis)) return pause(50);
  return new Promise((resolve) => requestIdleCallback(resolve, { timeout: 1000 }));
}
