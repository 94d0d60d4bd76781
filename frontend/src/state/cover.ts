/** Keeping a result covered until it is looked at together, or looking now. */
import { put } from "../api/client";
import type { Experiment } from "../api/types";
import { t } from "../lib/words";
import { sentence } from "../lib/problems";
import { keepExperiment } from "./one-experiment";

/** Why it did not work, or nothing. */
export async function cover(experiment: string, covered: boolean): Promise<string> {
  const answer = await put<Experiment>(`/api/experiments/${experiment}/comparison/cover`, { covered });
  if (!answer.ok) return answer.problem.status === 0 ? t("common-no-answer") : sentence(answer.problem);
  await keepExperiment(answer.data);
  return "";
}
