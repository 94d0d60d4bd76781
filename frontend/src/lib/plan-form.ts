/**
 * The set-up form as a person types it, and the plan as the server takes it. Nothing half typed is thrown away: the
 * form keeps text, and only `toPlan` decides what of it is an answer.
 */
import type {
  Experiment,
  ExperimentFields,
  Fit,
  Gate,
  MeasureKey,
  OwnKey,
  OwnMeasure,
  Pattern,
  UsualTime,
  WayIn,
} from "../api/types";
import { cleanText } from "./answers";
import { type Day, isDay } from "./day";
import type { Order } from "./diary";

export type Direction = "lower" | "same" | "higher" | "no_idea";

export type PlanForm = {
  question: string;
  way_in: WayIn | null;
  stopped_on: string;
  medicine: string;
  label: string;
  pattern: Pattern | null;
  fits: Fit[];
  told: boolean;
  told_on: string;
  told_name: string;
  usual_time: UsualTime | null;
  primary: MeasureKey | null;
  own: OwnMeasure[];
  side_effects: string[];
  offered: MeasureKey[] | null;
  direction: Direction | null;
  points: string;
  hope: string;
  /** Set beside the own plan; a change of the fortnight leaves it as it is. */
  mood_floor: number | null;
  start_on: string;
  length: string;
  zone: string;
  day_end: string;
  /** Only of a diary, and sent with its columns: what stands first in a row, where the person chose. */
  order: Order | null;
};

export const DAY_END = "04:00";
export const LENGTH = 14;
const OWN_KEYS: OwnKey[] = ["own1", "own2", "own3"];

export function blankForm(zone: string): PlanForm {
  return {
    question: "",
    way_in: null,
    stopped_on: "",
    medicine: "",
    label: "",
    pattern: null,
    fits: [],
    told: false,
    told_on: "",
    told_name: "",
    usual_time: null,
    primary: null,
    own: [],
    side_effects: [],
    offered: null,
    direction: null,
    points: "",
    hope: "",
    mood_floor: null,
    start_on: "",
    length: String(LENGTH),
    zone,
    day_end: DAY_END,
    order: null,
  };
}

export function toForm(plan: Experiment): PlanForm {
  return {
    question: plan.question,
    way_in: plan.way_in,
    stopped_on: plan.stopped_on ?? "",
    medicine: plan.medicine ?? "",
    label: plan.medicine_label === plan.medicine ? "" : (plan.medicine_label ?? ""),
    pattern: plan.pattern,
    fits: [...(plan.fits ?? [])],
    told: plan.prescriber_told !== null,
    told_on: plan.prescriber_told?.told_on ?? "",
    told_name: plan.prescriber_told?.name ?? "",
    usual_time: plan.usual_time,
    primary: plan.primary,
    own: plan.own_measures.map((own) => ({ ...own })),
    side_effects: [...plan.side_effects],
    offered: plan.measures_offered && [...plan.measures_offered],
    direction: plan.prediction?.direction ?? null,
    points: plan.prediction?.points === null ? "" : String(plan.prediction?.points ?? ""),
    hope: plan.hope ?? "",
    mood_floor: plan.mood_floor,
    start_on: plan.start_on ?? "",
    length: String(plan.length_days),
    zone: plan.zone,
    day_end: plan.day_end.slice(0, 5),
    order: null,
  };
}

/** True where there are no days with the medicine to speak of. */
export const notTaking = (wayIn: WayIn | null) => wayIn === "stopped" || wayIn === "never_started";

const words = (text: string) => cleanText(text)?.trim() ?? null;
const day = (text: string): Day | null => (isDay(text) ? text : null);

export function readPoints(text: string): number | null {
  const number = Number(text.trim().replace(",", ".").replace("½", ".5"));
  return text.trim() !== "" && Number.isFinite(number) && number >= 0 && number <= 24 ? number : null;
}

export function readLength(text: string): number | null {
  const number = Number(text.trim());
  return /^\d{1,2}$/.test(text.trim()) && number >= 7 && number <= 28 ? number : null;
}

/** What the gate and the server take. Half an answer (a date without a day, "told" without when) is none yet. */
export function toPlan(form: PlanForm): ExperimentFields {
  const toldOn = form.told ? day(form.told_on) : null;
  const own = form.own.map(cleanOwn).filter((one) => one !== null);
  const primary = form.primary;
  return {
    question: words(form.question) ?? "",
    way_in: form.way_in,
    stopped_on: form.way_in === "stopped" ? day(form.stopped_on) : null,
    medicine: words(form.medicine),
    medicine_label: words(form.label),
    pattern: form.pattern,
    fits: form.fits.length > 0 ? [...form.fits] : null,
    prescriber_told: toldOn ? { told_on: toldOn, name: words(form.told_name) } : null,
    usual_time: form.usual_time,
    primary: isOwn(primary) && !own.some((one) => one.key === primary) ? null : primary,
    own_measures: own,
    side_effects: [...form.side_effects],
    measures_offered: form.offered && [...form.offered],
    start_on: day(form.start_on),
    length_days: readLength(form.length) ?? LENGTH,
    zone: form.zone,
    day_end: /^\d{2}:\d{2}$/.test(form.day_end) ? form.day_end : DAY_END,
    prediction:
      form.direction && !notTaking(form.way_in)
        ? { direction: form.direction, points: hasPoints(form.direction) ? readPoints(form.points) : null }
        : null,
    hope: words(form.hope),
    mood_floor: form.mood_floor ?? null,
  };
}

export const hasPoints = (direction: Direction | null) => direction === "lower" || direction === "higher";

function cleanOwn(own: OwnMeasure): OwnMeasure | null {
  const name = words(own.name);
  if (!name) return null;
  const [low, middle, high] = [own.low, own.middle, own.high].map((text) => words(text) ?? "");
  return { key: own.key, name, low: low ?? "", middle: middle ?? "", high: high ?? "" };
}

export const isOwn = (key: MeasureKey | null): key is OwnKey => key !== null && key.startsWith("own");

export function freeOwnKey(own: OwnMeasure[]): OwnKey | null {
  return OWN_KEYS.find((key) => !own.some((one) => one.key === key)) ?? null;
}

/** A new word of one's own, with names at 0, 5 and 10 to begin with. */
export const newOwn = (key: OwnKey, ends = { low: "", middle: "", high: "" }): OwnMeasure => ({
  key,
  name: "",
  ...ends,
});

/** One tap on "do any of these fit you?": "none" and "rather not say" stand alone. */
export function withFit(fits: Fit[], fit: Fit, on: boolean): Fit[] {
  if (!on) return fits.filter((one) => one !== fit);
  const alone: Fit[] = ["none", "rather_not_say"];
  if (alone.includes(fit)) return [fit];
  return [...fits.filter((one) => one !== fit && !alone.includes(one)), fit];
}

const sameName = (a: string, b: string) => plain(a) === plain(b);
const plain = (text: string) => text.normalize("NFKC").trim().toLowerCase();

/** Another medicine: what the prescriber knows was said about the one before. */
export function nameMedicine(form: PlanForm, name: string): void {
  if (!sameName(form.medicine, name)) forgetTold(form);
  form.medicine = name;
}

/** Another answer here can close or open the question about the prescriber: it is asked anew. */
export function setFits(form: PlanForm, fits: Fit[]): void {
  form.fits = fits;
  forgetTold(form);
}

function forgetTold(form: PlanForm): void {
  form.told = false;
  form.told_on = form.told_name = "";
}

/**
 * Whether the screen offers "My prescriber knows" for what the gate answered. The choice stays once it was made, also
 * while the server looks again.
 */
export function asksPrescriber(form: PlanForm, gate: Gate | null): boolean {
  return (
    gate !== null &&
    gate.asks_prescriber &&
    !notTaking(form.way_in) &&
    (form.told || gate.blocked_by?.key === "medicine-prescriber-first")
  );
}

/** Which of the answers are not yet ones to start with. Keys are fields of the form. */
export type Wrong = Partial<
  Record<
    | "question"
    | "primary"
    | "own_name"
    | "told_on"
    | "points"
    | "length"
    | "start_on"
    | "day_end"
    | "medicine",
    string
  >
>;

/** Only what is on the screen can be wrong: `gate` is what the screen shows of it. */
export function whatIsWrong(
  form: PlanForm,
  today: Day,
  how: "start" | "draft" | "change",
  gate: Gate | null,
): Wrong {
  const wrong: Wrong = {};
  if (words(form.question) === null) wrong.question = "experiment-question-missing";
  if (readLength(form.length) === null) wrong.length = "experiment-length-wrong";
  const showsPoints = hasPoints(form.direction) && !notTaking(form.way_in);
  if (showsPoints && form.points.trim() !== "" && readPoints(form.points) === null)
    wrong.points = "experiment-prediction-points-wrong";
  if (how === "draft") return wrong;
  const { primary } = form;
  if (primary === null) wrong.primary = "experiment-measure-missing";
  else if (isOwn(primary) && !words(form.own.find((one) => one.key === primary)?.name ?? ""))
    wrong.own_name = "experiment-own-name-missing";
  if (form.told && asksPrescriber(form, gate) && !isDay(form.told_on))
    wrong.told_on = "experiment-told-on-missing";
  if (how === "start" && isDay(form.start_on) && form.start_on < today)
    wrong.start_on = "experiment-start-on-past";
  return wrong;
}

/** What is fixed before day 1: a change of these once it has begun makes the result "cannot tell". */
const FIXED = [
  "primary",
  "length_days",
  "usual_time",
  "medicine",
  "pattern",
  "fits",
  "way_in",
  "own_measures",
] as const satisfies (keyof ExperimentFields)[];

export function changesFixed(before: ExperimentFields, after: ExperimentFields): boolean {
  return FIXED.some((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
}
