/** What the comparison and its charts look like on the wire. */

export type Result =
  | "notice_only"
  | "set_aside"
  | "not_yet"
  | "carry_over"
  | "too_few_days"
  | "one_block"
  | "no_variation"
  | "stands_out"
  | "cannot_tell";

export type LogRow = {
  date: string;
  number: number;
  logged: boolean;
  unreadable: boolean;
  late: boolean;
  hard_day: boolean;
  dose: string | null;
  dose_reason: string | null;
  side_effects: { name: string; bother: number | null }[];
  /** In the person's own words: about side effects, about the day. */
  effects_words: string | null;
  note: string | null;
  /** What was chosen behind "something new or worrying", in words. */
  worrying: string[];
  /** Shared with nobody unless they choose it. */
  anything_else: string | null;
};

export type Comparison = {
  result: Result;
  title: string;
  sentences: { key: string; text: string }[];
  question: string;
  medicine_label: string;
  prediction: { direction: string; points: number | null; signed: number | null; text: string } | null;
  hope: string | null;
  starred_note: string | null;
  /** The number of day 1 in a diary that counts its days. */
  counted_from: number | null;
  log: LogRow[];
};

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A figure in Plotly's schema. `layout.meta.roles` says which role each of our colours has. */
export type Plotly = {
  data: { [key: string]: Json }[];
  layout: { [key: string]: Json; width: number; height: number; meta: { roles: Record<string, string> } };
  config: { [key: string]: Json };
};

export type Table = { columns: string[]; rows: string[][] };

/** The charts, and one row a day with all of its answers: what stands on paper. */
export type Figures = { figures: Figure[]; days: Table };

/** A chart as the page first draws it; its definition comes with a touch. */
export type Figure = {
  key: string;
  title: string;
  sentence: string;
  svg: string;
  table: Table;
};
