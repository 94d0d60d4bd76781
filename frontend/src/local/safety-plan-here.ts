/** The key of the client's own plan in local storage, and forgetting it: all that signing in and out needs of a plan. */
export const SAFETY_PLAN = "fortnight-plan";

/** The own plan goes with the account; the country stays with the phone. */
export function forgetSafetyPlan(): void {
  try {
    localStorage.removeItem(SAFETY_PLAN);
  } catch {
    // Nothing was kept.
  }
}
