/** What holds of somebody's choices by now. */
import type { Consent } from "./types";

const past = (moment: string | null, now: Date) => moment !== null && new Date(moment) <= now;

export const holds = (one: Consent, now = new Date()) => !one.withdrawn_at && !past(one.ends_at, now);

/** When a version ended: taken back, changed, or by itself. Null while it holds. */
export const endOf = (one: Consent, now = new Date()) =>
  one.withdrawn_at ?? (past(one.ends_at, now) ? one.ends_at : null);

/** What ended by itself and was not chosen again since: the newest of it can be renewed where nothing else holds. */
export function ran(consents: readonly Consent[], now = new Date()): Consent | null {
  if (consents.some((one) => holds(one, now))) return null;
  return consents.find((one) => !one.withdrawn_at) ?? null;
}
