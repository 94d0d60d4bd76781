/** What is shared, on the wire. */
import type { SharedBalance } from "../../lib/reflections";
import type { Visit } from "../brief/types";
import type { Figure, LogRow, Table } from "../charts/types";

export type Field =
  | "mood"
  | "sleep"
  | "doses"
  | "like_myself"
  | "own_measures"
  | "side_effects"
  | "starred_notes"
  | "balance"
  | "question"
  | "prediction"
  | "safety_cards"
  | "conclusion"
  | "visit";

export const FIELDS: readonly Field[] = [
  "mood",
  "sleep",
  "doses",
  "like_myself",
  "own_measures",
  "side_effects",
  "starred_notes",
  "balance",
  "question",
  "prediction",
  "safety_cards",
  "conclusion",
  "visit",
];
/** Offered as one tap; `domain/sharing.py` has the same. */
export const USUAL: readonly Field[] = ["mood", "sleep", "doses", "like_myself", "side_effects", "question"];
/** The sentences above a choice. Whoever changes them counts on: each consent keeps what was read. */
export const TEXT_VERSION = 3;

export type Glance = {
  key: string;
  name: string;
  minimum: number;
  maximum: number;
  said: string;
  dots: { number: number; value: number; mark: "on" | "off" | "aside" | "ink" }[];
};
export type NextStep = "go_on" | "stop" | "ask_prescriber" | "nothing_yet";
export const NEXT_STEPS: readonly NextStep[] = ["go_on", "stop", "ask_prescriber", "nothing_yet"];
type Said = { key: string; text: string };

export type SharedVisit = Omit<
  Visit,
  "called" | "prescriber" | "strength" | "since" | "changed" | "not_told" | "on_page"
>;

export type Shared = {
  fields: Field[];
  question: string | null;
  medicine_label: string | null;
  start_on: string;
  length_days: number;
  day_number: number | null;
  ended: boolean;
  dated: boolean;
  title: string | null;
  sentences: Said[];
  glance: Glance[];
  asks: Said[];
  covered: boolean;
  conclusion: { words: string; next_step: NextStep | null } | null;
  prediction: { text: string } | null;
  log: LogRow[];
  figures: Figure[];
  days: Table;
  visit: SharedVisit | null;
  balance: SharedBalance[];
  safety_cards: { date: string; number: number; card: "thoughts" | "mood" | "sleep" }[];
};

export type Reader = "therapist" | "supporter";
export type Inviter = { name: string; role: Reader; expires_at: string };

export type Consent = {
  experiment_id: string;
  fields: Field[];
  given_at: string;
  ends_at: string | null;
  doses_until: string | null;
  withdrawn_at: string | null;
  readings: { read_at: string; last_at: string }[];
};

export type Sharing = {
  id: string;
  /** From where a step is taken that lets them see more. */
  revision: number;
  name: string;
  role: Reader;
  called: string;
  begun_at: string;
  paused_at: string | null;
  consents: Consent[];
};

export type Client = {
  id: string;
  called: string;
  shared: boolean;
  day_number: number | null;
  length_days: number | null;
  ended: boolean;
  next_session_on: string | null;
};

export type Earlier = {
  id: string;
  start_on: string | null;
  last_on: string | null;
  length_days: number;
  ended: boolean;
};

export type ClientPage = {
  id: string;
  called: string;
  stamp: string;
  next_session_on: string | null;
  last_session_on: string | null;
  since: Said[];
  newest: Shared;
  earlier: Earlier[];
};
