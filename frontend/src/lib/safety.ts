/**
 * When self-observation steps aside: the twin of app/domain/safety.py, so that the rules hold offline too.
 * Both are tested by tests/cases/safety.json; change the two together. The comments there say why.
 *
 * The rules travel with the experiment (beside its gate) and are kept on the phone with it: thresholds, which
 * the operator may set, bipolar or psychosis, the client's own floor, the medicine's own lines and its list
 * behind the chip "something new or worrying". Nothing is stored about cards; free text is never read.
 */

export type Card = "thoughts" | "mood" | "sleep";
export type Grade = "emergency" | "today" | "visit";
export type Symptom = { id: string; grade: Grade; text?: string };
/** From `after` days (or doses) not taken in a row. `text` is the line, as the gate on the wire carries it. */
export type Step = { after: number; unit: "days" | "doses"; say?: string; text?: string };

export type Thresholds = {
  low_mood: number;
  low_within_days: number;
  mood_drop: number;
  mood_drop_after: number;
  usual_low: number;
  usual_low_floor: number;
  short_sleep: number;
  sleep_drop: number;
  sleep_drop_after: number;
  high: number;
  nights: number;
  nights_bipolar: number;
  quiet_days: number;
};

export type Rules = {
  thresholds: Thresholds;
  bipolar: boolean;
  own_floor: number | null;
  steps: Step[];
  worrying: Symptom[];
};

/** The defaults, the same as app/domain/safety.py (tested): for a server that sends none. */
export const THRESHOLDS: Thresholds = {
  low_mood: 2,
  low_within_days: 3,
  mood_drop: 4,
  mood_drop_after: 5,
  usual_low: 3,
  usual_low_floor: 0,
  short_sleep: 4,
  sleep_drop: 2.5,
  sleep_drop_after: 5,
  high: 8,
  nights: 2,
  nights_bipolar: 1,
  quiet_days: 7,
};

/** The rules for one experiment as it came from the server, kept on the phone with it. */
export function rulesFor(
  experiment: {
    fits: readonly string[] | null;
    gate: { steps?: readonly Step[]; worrying?: readonly Symptom[] };
  },
  thresholds: Thresholds = THRESHOLDS,
): Rules {
  return {
    thresholds,
    bipolar: experiment.fits?.includes("bipolar_or_psychosis") ?? false,
    own_floor: null,
    steps: [...(experiment.gate.steps ?? [])],
    worrying: [...(experiment.gate.worrying ?? [])],
  };
}

/** One local day, `day` as "2026-03-01". Absent or null is unanswered. */
export type DayAnswers = {
  day: string;
  mood?: number | null;
  sleep_hours?: number | null;
  energy?: number | null;
  dose?: string | null;
  thoughts?: string | null;
  worrying?: readonly string[] | null;
};

/**
 * What one day's check-in shows. With `gap` the dose card is unfolded; without it, it stays behind its link. With
 * `quietAgain` the quiet line's own card was full within the week: only then may the line say "still".
 */
export type Look = {
  card: Card | null;
  quiet: Card | null;
  quietAgain: boolean;
  doseCard: boolean;
  gap: Step | null;
  worrying: Symptom[];
  setsAside: boolean;
};

const NOTHING: Look = {
  card: null,
  quiet: null,
  quietAgain: false,
  doseCard: false,
  gap: null,
  worrying: [],
  setsAside: false,
};

/** What to show for the check-in of `day`, given every day written so far (later ones are left out). */
export function look(days: readonly DayAnswers[], day: string, rules: Rules): Look {
  const past = inOrder(days.filter((row) => row.day <= day));
  const today = past.at(-1);
  if (!today || today.day !== day) {
    return NOTHING;
  }
  const worrying = chosen(today, rules);
  return {
    ...cardOf(past, rules),
    doseCard: today.dose === "not_taken",
    gap: gapOf(past, rules.steps),
    worrying,
    setsAside: fired(past, past.length - 1, rules).length > 0 || seekHelp(worrying),
  };
}

/** Every day that set the comparison aside, in order; it stays so until the client resumes after the last. */
export function setAsideOn(days: readonly DayAnswers[], rules: Rules): string[] {
  const every = inOrder(days);
  return every
    .filter((row, index) => fired(every, index, rules).length > 0 || seekHelp(chosen(row, rules)))
    .map((row) => row.day);
}

function inOrder(days: readonly DayAnswers[]): DayAnswers[] {
  return [...days].sort((one, other) => (one.day < other.day ? -1 : one.day > other.day ? 1 : 0));
}

function chosen(row: DayAnswers, rules: Rules): Symptom[] {
  return rules.worrying.filter((symptom) => row.worrying?.includes(symptom.id));
}

function seekHelp(symptoms: readonly Symptom[]): boolean {
  return symptoms.some((symptom) => symptom.grade !== "visit");
}

function fired(days: readonly DayAnswers[], index: number, rules: Rules): Card[] {
  const cards: Card[] = [];
  if (days[index]?.thoughts === "yes") cards.push("thoughts");
  if (lowTwice(days, index, rules)) cards.push("mood");
  if (littleSleepMuchEnergy(days, index, rules)) cards.push("sleep");
  return cards;
}

/** The full card and the quiet line of the last day, replaying which cards were full before it. */
function cardOf(past: readonly DayAnswers[], rules: Rules): Pick<Look, "card" | "quiet" | "quietAgain"> {
  const fullOn = new Map<Card, string>();
  let shown: Pick<Look, "card" | "quiet" | "quietAgain"> = NOTHING;
  past.forEach((row, index) => {
    const [first, second = null] = fired(past, index, rules);
    shown = NOTHING;
    if (!first) return;
    const within = [...fullOn].filter(([, day]) => daysBetween(day, row.day) < rules.thresholds.quiet_days);
    const inWeek = (kind: Card | null) => within.some(([one]) => one === kind);
    const [card, quiet] = (first === "thoughts" ? inWeek(first) : within.length > 0)
      ? [null, first]
      : [first, second];
    if (card) fullOn.set(card, row.day);
    shown = { card, quiet, quietAgain: inWeek(quiet) };
  });
  return { card: shown.card, quiet: shown.quiet, quietAgain: shown.quietAgain };
}

function lowTwice(days: readonly DayAnswers[], index: number, rules: Rules): boolean {
  const today = days[index];
  if (!today || !low(days, index, rules)) return false;
  return days.some(
    (row, other) =>
      other < index &&
      daysBetween(row.day, today.day) < rules.thresholds.low_within_days &&
      low(days, other, rules),
  );
}

function low(days: readonly DayAnswers[], index: number, rules: Rules): boolean {
  const limits = rules.thresholds;
  const mood = days[index]?.mood ?? null;
  if (mood === null) return false;
  const usual = usualOf(
    days.slice(0, index).map((row) => row.mood),
    limits.mood_drop_after,
  );
  if (usual !== null && usual <= limits.usual_low) return mood <= (rules.own_floor ?? limits.usual_low_floor);
  return mood <= limits.low_mood || (usual !== null && usual - mood >= limits.mood_drop);
}

function littleSleepMuchEnergy(days: readonly DayAnswers[], index: number, rules: Rules): boolean {
  const nights = rules.bipolar ? rules.thresholds.nights_bipolar : rules.thresholds.nights;
  const today = days[index];
  for (let back = 0; back < nights; back += 1) {
    const row = days[index - back];
    if (!today || !row || daysBetween(row.day, today.day) !== back) return false;
    if (!shortAndHigh(days, index - back, rules.thresholds)) return false;
  }
  return true;
}

function shortAndHigh(days: readonly DayAnswers[], index: number, limits: Thresholds): boolean {
  const row = days[index];
  const sleep = row?.sleep_hours ?? null;
  if (!row || sleep === null || Math.max(row.mood ?? 0, row.energy ?? 0) < limits.high) return false;
  const usual = usualOf(
    days.slice(0, index).map((other) => other.sleep_hours),
    limits.sleep_drop_after,
  );
  return sleep <= limits.short_sleep || (usual !== null && usual - sleep >= limits.sleep_drop);
}

/** The medicine's own line. Days not logged, not due or not said add nothing and end nothing. */
function gapOf(past: readonly DayAnswers[], steps: readonly Step[]): Step | null {
  if (past.at(-1)?.dose !== "not_taken") return null;
  let count = 0;
  for (const row of [...past].reverse()) {
    if (row.dose === "taken" || row.dose === "different_amount") break;
    if (row.dose === "not_taken") count += 1;
  }
  return steps
    .filter((step) => step.after <= count)
    .reduce<Step | null>((most, step) => (most === null || step.after > most.after ? step : most), null);
}

/** The median of the answered values, or null where there are fewer than `atLeast`. */
function usualOf(values: readonly (number | null | undefined)[], atLeast: number): number | null {
  const sorted = values.filter((value) => value !== null && value !== undefined).sort((a, b) => a - b);
  if (sorted.length < atLeast) return null;
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? null;
  const lower = sorted[Math.ceil(middle) - 1] ?? null;
  return upper === null || lower === null ? null : (upper + lower) / 2;
}

/** Whole calendar days between two dates, which carry no zone and so know no clock change. */
function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
