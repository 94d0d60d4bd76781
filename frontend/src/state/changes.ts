/** Rows on this phone that changed other than by the screen in view: sent, or brought from another device. */
const told = new Set<() => void>();

/** Calls back at each such change. Returns the way to stop. */
export function onChange(listener: () => void): () => void {
  told.add(listener);
  return () => told.delete(listener);
}

export function tellOfChanges(): void {
  for (const listener of told) listener();
}
