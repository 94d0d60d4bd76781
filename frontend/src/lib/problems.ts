/** What to say when the server could not do something: its own sentence, under the field it is about. */
import type { Problem } from "../api/client";
import { clockTime } from "./day";
import { knows, t } from "./words";

/** A sentence for the whole form. 429 says until when. */
export function sentence(problem: Problem, now = new Date()): string {
  if (problem.status === 429 && problem.retryAfter !== null && knows("account-slow-down-minutes")) {
    const seconds = Math.max(1, Math.ceil(problem.retryAfter));
    if (seconds < 60) return t("account-slow-down-seconds", { seconds });
    const minutes = Math.max(1, Math.ceil(problem.retryAfter / 60));
    const at = new Date(now.getTime() + seconds * 1000);
    return t("account-slow-down-minutes", { minutes, time: clockTime(at) });
  }
  return problem.detail || t("common-no-answer");
}

/** The codes the server gave for one field (also for what lies inside it: `prediction` for `prediction.points`). */
export function codesOf(problem: Problem, field: string): string[] {
  return problem.errors
    .filter((error) => error.field === field || error.field.startsWith(`${field}.`))
    .map((error) => error.code);
}

/** Which of these fields the server named, in the order given. */
export function namedFields<F extends string>(problem: Problem, fields: readonly F[]): F[] {
  return fields.filter((field) => codesOf(problem, field).length > 0);
}

/** Moves to the first field that is not right, once it is marked. */
export function focusFirstWrong(): void {
  requestAnimationFrame(() => {
    const wrong = document.querySelector<HTMLElement>('main :is([aria-invalid="true"], [data-wrong])');
    const inside = wrong?.matches("input, textarea, select, button")
      ? wrong
      : wrong?.querySelector<HTMLElement>("input");
    inside?.focus();
  });
}

const PASSWORD_WORDS: Record<string, string> = {
  "password-too-short": "account-password-short",
  string_too_short: "account-password-short",
  "password-too-long": "account-password-long",
  string_too_long: "account-password-long",
  "password-too-common": "account-password-common",
  "password-contains-name": "account-password-like-name",
  "wrong-password": "settings-password-wrong",
};

/** The sentence under a password field, or nothing. */
export function passwordProblem(problem: Problem, field: string): string {
  const code = codesOf(problem, field)[0];
  if (code === undefined) return "";
  const key = PASSWORD_WORDS[code];
  return key && knows(key) ? t(key) : problem.detail;
}
