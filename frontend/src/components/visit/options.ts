/** Ways on: which are offered by where somebody is with the medicine, and what each is called. */
import { t } from "../../lib/words";
import type { Option } from "../brief/types";
import type { Table } from "../charts/types";

const TAKING: Option["kind"][] = ["stay", "time", "dose", "other", "stop", "own"];
const NOT_TAKING: Option["kind"][] = ["stay", "again", "dose", "other", "own"];
export const SIDES = ["good", "less_good", "effort"] as const;

export const offered = (way: string): Option["kind"][] =>
  way === "stopped" || way === "never_started" ? NOT_TAKING : TAKING;

export const nameOf = (one: Option): string => one.name.trim() || t("visit-option", { kind: one.kind });

/** All of them beside each other. */
export const beside = (options: readonly Option[]): Table => ({
  columns: [t("visit-options-what"), ...SIDES.map((side) => t(`visit-option-${side.replace("_", "-")}`))],
  rows: options.map((one) => [nameOf(one), ...SIDES.map((side) => one[side])]),
});
