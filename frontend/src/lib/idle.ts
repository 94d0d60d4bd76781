export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A part of a screen, asked for again until it comes: where the signal was lost, it stands there once there is one. */
export async function later<T>(bring: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await bring();
    } catch {
      await pause(2000);
    }
  }
}

/** A moment in which nothing else is to be done; after a second there is none, and it begins all the same. */
export function idle(): Promise<unknown> {
  if (!("requestIdleCallback" in globalThis)) return pause(50);
  return new Promise((resolve) => requestIdleCallback(resolve, { timeout: 1000 }));
}
