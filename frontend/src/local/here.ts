/** True where something may be kept on this phone. Without a database there is nothing to read, nor to load for it. */
export async function anythingHere(): Promise<boolean> {
  const known = await indexedDB.databases?.();
  return !known || known.some((one) => one.name === "fortnight");
}
