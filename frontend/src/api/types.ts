/** The shapes on the wire, as the server's OpenAPI document says them. */

import type { Thresholds } from "../lib/safety";

export type Role = "client" | "therapist" | "supporter";
export type Account = { id: string; role: Role; sign_in: string };

export type Dose = "taken" | "different_amount" | "not_taken" | "not_due" | "rather_not_say";
export type DoseReason =
  "forgot" | "felt_bad" | "felt_fine" | "side_effects" | "ran_out" | "chose_to" | "other";
export type WayIn = "every_day" | "some_days" | "stopped" | "never_started" | "rather_not_say";
export type Fit =
  | "under_18"
  | "pregnant"
  | "bipolar_or_psychosis"
  | "past_seizure"
  | "recent_attempt_or_hospital"
  | "other_medicine_changed"
  | "rather_not_say"
  | "none";
export type Pattern = "daily" | "as_needed";
export type UsualTime = "morning" | "daytime" | "evening" | "bedtime";
export type GateAction = "O" | "P" | "N" | "C";
export type Mode = "compare" | "notice_only";
export type Status = "draft" | "scheduled" | "running" | "paused" | "finished" | "stopped";
export type OwnKey = "own1" | "own2" | "own3";
export type MeasureKey = "mood" | "sleep_hours" | "sleep_quality" | "like_myself" | "energy" | OwnKey;
export type Thoughts = "yes" | "no" | "rather_not_say";

export type OwnMeasure = { key: OwnKey; name: string; low: string; middle: string; high: string };

export type Gate = {
  action: GateAction;
  mode: Mode;
  class_key: string | null;
  class_name: string;
  known: boolean;
  needs_pattern: boolean;
  reason: string;
  /** In the order to show them. */
  texts: { key: string; text: string }[];
  blocked_by: { key: string; text: string } | null;
  asks_prescriber: boolean;
  as_needed: boolean;
  facts: string[];
  offers_energy: boolean;
  /** The medicine's own lines after so many days or doses in a row not taken. */
  steps: { after: number; unit: "days" | "doses"; text: string }[];
  /** Behind "something new or worrying", with how soon to seek help. */
  worrying: { id: string; grade: "emergency" | "today" | "visit"; text: string }[];
  half_life: { low_h: number; high_h: number } | null;
  sources: { url: string; says: string; confidence: string; checked_on: string }[];
  checked_on: string | null;
  confidence: string;
  reviewed_by_clinician: boolean;
  own_line: string | null;
  caps: string[];
};

export type ExperimentFields = {
  question: string;
  way_in: WayIn | null;
  stopped_on: string | null;
  medicine: string | null;
  medicine_label: string | null;
  pattern: Pattern | null;
  fits: Fit[] | null;
  prescriber_told: { told_on: string; name: string | null } | null;
  usual_time: UsualTime | null;
  primary: MeasureKey | null;
  own_measures: OwnMeasure[];
  side_effects: string[];
  measures_offered: MeasureKey[] | null;
  start_on: string | null;
  length_days: number;
  zone: string;
  day_end: string;
  prediction: { direction: "lower" | "same" | "higher" | "no_idea"; points: number | null } | null;
  hope: string | null;
  mood_floor: number | null;
};

export type Experiment = ExperimentFields & {
  id: string;
  /** What was set up does not open any more: the plan's fields say nothing, days and times stand. */
  unreadable: boolean;
  kind: "lived" | "diary";
  /** The number of day 1 in a diary that counts its days. Its dates are only where it was laid, and never shown. */
  counted_from?: number | null;
  /** How a day of a diary is asked about: what the dose and the sleep in one of its rows mean. */
  row?: { dose: string; sleep: string } | null;
  status: Status;
  revision: number;
  created_at: string;
  started_at: string | null;
  end_on: string | null;
  today: string | null;
  day_number: number | null;
  gate: Gate;
  set_aside: boolean;
  /** Kept covered until it is looked at together. */
  covered?: boolean;
  changed_after_start?: boolean;
  paused_at?: string | null;
  stopped_at?: string | null;
  /** From the start to the end the prediction is sealed, and null here. */
  prediction_sealed?: boolean;
  /** What was fixed and was changed once day 1 had begun. */
  changes?: { field: string; changed_at: string }[];
  comparison_opened_at: string | null;
  /** What the phone needs to run the step-aside rules offline (`lib/safety.ts`). */
  safety: { thresholds: Thresholds; bipolar: boolean; own_floor: number | null };
};

/** What a person answered on one day. Null is "not answered"; nothing is ever guessed. */
export type Answers = {
  hard_day: boolean | null;
  mood: number | null;
  dose: Dose | null;
  dose_reason: DoseReason | null;
  sleep_hours: number | null;
  sleep_quality: number | null;
  like_myself: number | null;
  energy: number | null;
  own: Partial<Record<OwnKey, number>>;
  side_effects: Record<string, number | null>;
  side_effects_words: string | null;
  worrying: string[];
  thoughts: Thoughts | null;
  anything_else: string | null;
  note: string | null;
  note_starred: boolean;
};

export type CheckInPut = Answers & { base_revision: number; written_at: string; zone: string };

export type CheckInRow = {
  experiment_id: string;
  day: string;
  revision: number;
  cursor: number;
  received_at: string;
  written_at: string;
  zone: string;
  clock_skewed: boolean;
  late: boolean;
  /** It does not open any more: `answers` are empty and say nothing. */
  unreadable: boolean;
  answers: Answers;
};

export type CheckInConflict = { base: Answers | null; stored: CheckInRow | null; yours: Answers };
export type CheckInsSince = { check_ins: CheckInRow[]; cursor: number };

export type SafetyPlan = {
  notice_first: string | null;
  what_helps: string | null;
  who_i_call: string | null;
  country: string | null;
  revision?: number;
};

export type ReminderWords = "minute" | "hello" | "note" | "name" | "blank";
/** The hours of one fortnight's reminders. Revision 0: nothing was chosen yet, and this is what is offered. */
export type Reminders = {
  revision: number;
  on: boolean;
  times: string[];
  /** Monday is 1. */
  weekdays: number[];
  every_other: boolean;
  quiet_from: string | null;
  quiet_until: string | null;
  paused_until: string | null;
  not_today: boolean;
  words: ReminderWords;
  today: string;
  next_at: string | null;
  next_zone: string;
};
export type RemindersPut = Omit<Reminders, "revision" | "today" | "next_at" | "next_zone"> & {
  base_revision: number;
  zone: string;
};

/** `key`: what a browser subscribes with; null where this server cannot send. `sending`: whether something does. */
export type Push = { key: string | null; sending: boolean };
/** One device that push can reach. */
export type PushDevice = {
  id: string;
  device: string;
  this_one: boolean;
  created_at: string;
  seen_at: string;
  sent_at: string | null;
  shown_at: string | null;
  refused_at: string | null;
};
export type PushDevicePut = { endpoint: string; p256dh: string; auth: string; zone: string };
export type CalendarFeed = { created_at: string | null };
export type CalendarMade = { url: string; created_at: string };
