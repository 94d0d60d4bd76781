/** Sends what waits, oldest day first. The page loads this with the first thing there is to send. */
import { call, get } from "../api/client";
import type { Account, CheckInConflict, CheckInRow } from "../api/types";
import { DONE, type Outcome, willPass } from "./outcome";
import { type Place, unsent } from "./outbox";
import { bodyOf, settleConflict, settleRefused, settleSent } from "./settle";

export async function sendAll(account: string, keepalive: boolean): Promise<Outcome> {
  for (const entry of await unsent(account)) {
    // Twice is plenty for one day: each 409 brings the newest revision with it.
    for (let tries = 0; tries < 3; tries += 1) {
      const outcome = await sendOne(entry, keepalive);
      if (outcome === "again") continue;
      if (outcome !== null) return outcome;
      break;
    }
  }
  return DONE;
}

async function sendOne(place: Place, keepalive: boolean): Promise<Outcome | "again" | null> {
  const waiting = await bodyOf(place);
  if (!waiting) return null;
  const path = `/api/experiments/${place.experiment}/check-ins/${place.day}`;
  const answer = await call<CheckInRow>("PUT", path, {
    body: waiting.body,
    keepalive,
    account: place.account,
  });
  if (answer.ok) {
    if (!isRow(answer.data, place)) return NO_ANSWER;
    await settleSent(place, waiting.tap, answer.data);
    return null;
  }
  const { problem } = answer;
  const passing = willPass(problem);
  if (passing) return passing;
  if (problem.status === 409 && problem.code === "check-in-conflict") {
    const { stored } = problem.body as CheckInConflict;
    return (await settleConflict(place, stored)) === "again" ? "again" : null;
  }
  // A 404 is also what another account's session would get: only the account that wrote an entry decides about it.
  if (problem.status === 404 || problem.status === 403) {
    const who = await get<{ account: Account }>("/api/session", { account: place.account });
    if (!who.ok) return willPass(who.problem) ?? NO_ANSWER;
    if (!who.data?.account) return NO_ANSWER;
    if (who.data.account.id !== place.account) return { state: "sign-in", retryAfter: null };
  }
  const { status, code, detail } = problem;
  await settleRefused(place, waiting.tap, { status, code, detail });
  return null;
}

const NO_ANSWER: Outcome = { state: "no-answer", retryAfter: null };

/** Only this day's own row says that the server has it: a network that answers everything itself says "{}". */
function isRow(said: CheckInRow | null, place: Place): boolean {
  return (
    said?.experiment_id === place.experiment &&
    said.day === place.day &&
    Number.isInteger(said.revision) &&
    typeof said.answers === "object"
  );
}
