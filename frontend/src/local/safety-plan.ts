/**
 * The client's own three-line plan, mirrored so that help can show it with no signal, signed in. The help page's tiny
 * script reads it from local storage: the page must not need the app.
 */
import type { SafetyPlan } from "../api/types";
import { get } from "../api/client";
import { SAFETY_PLAN } from "./safety-plan-here";

const COUNTRY = "fortnight-country";

/**
 * Keeps the plan for help, after reading or saving it. Its country too, where it was `chosen` here just now; else only
 * on a phone that has none yet: what was chosen on the help page stands.
 */
export function keepSafetyPlan(plan: SafetyPlan | null, chosen = false): void {
  try {
    const written = plan && (plan.notice_first || plan.what_helps || plan.who_i_call);
    if (written) {
      const { notice_first, what_helps, who_i_call } = plan;
      localStorage.setItem(SAFETY_PLAN, JSON.stringify({ notice_first, what_helps, who_i_call }));
    } else localStorage.removeItem(SAFETY_PLAN);
    if (plan?.country && (chosen || !readCountry())) localStorage.setItem(COUNTRY, plan.country);
    else if (chosen) localStorage.removeItem(COUNTRY);
  } catch {
    // Help works without it.
  }
}

export function readSafetyPlan(): Pick<SafetyPlan, "notice_first" | "what_helps" | "who_i_call"> | null {
  try {
    return JSON.parse(localStorage.getItem(SAFETY_PLAN) ?? "null");
  } catch {
    return null;
  }
}

/** The country that help shows first: a choice of the phone, kept when signing out. */
export function readCountry(): string | null {
  try {
    return localStorage.getItem(COUNTRY);
  } catch {
    return null;
  }
}

/** `stillMine` is asked once the answer is here: nothing is kept for somebody who has signed out meanwhile. */
export async function refreshSafetyPlan(stillMine: () => boolean): Promise<void> {
  const answer = await get<SafetyPlan>("/api/safety-plan");
  if (answer.ok && stillMine()) keepSafetyPlan(answer.data);
}
