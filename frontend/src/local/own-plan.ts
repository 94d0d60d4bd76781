/** The key of the client's own plan in local storage, and forgetting it: all that signing in and out needs of a plan. */
export const PLAN = "fortnight-plan";

/** The own plan goes with the account; the country stays with the phone. */
export function forgetPlan(): void {
  try {
    localStorage.removeItem(PLAN);
  } catch {
    // Nothing was kept.
  }
}
