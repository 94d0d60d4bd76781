/** What the screens of sharing have in common. */
import type { Problem } from "../api/client";
import type { Sharing } from "../components/sharing/types";
import { sentence } from "../lib/problems";
import { t } from "../lib/words";

/** What was done on one screen, to be said on the next. */
export const said = $state({ is: "" });

/** How it stands, where another step came before one that lets somebody see more. */
export const standing = (problem: Problem): Sharing | null =>
  problem.code === "sharing-conflict" ? (problem.body as { stored: Sharing }).stored : null;

/** Why it did not work; without a signal nothing was changed. */
export const trouble = (problem: Problem): string =>
  problem.status === 0 ? t("sharing-away") : sentence(problem);
