/** Numbers as people write them. */

/** 6.5 → "6½", 7 → "7", 0.5 → "½". */
export function hours(value: number): string {
  const whole = Math.floor(value);
  if (value === whole) return String(whole);
  return whole === 0 ? "½" : `${whole}½`;
}
