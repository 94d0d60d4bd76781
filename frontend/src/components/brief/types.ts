/** What a client prepares for a visit, and the page for it, on the wire and in its form. */
import { clean, fieldsFor, written } from "../../lib/lines";
import type { Table } from "../charts/types";

export const PARTS = [
  "medicine",
  "question",
  "words",
  "questions",
  "mood",
  "sleep",
  "doses",
  "reasons",
  "like_myself",
  "own_measures",
  "side_effects",
] as const;
export type Part = (typeof PARTS)[number];
/** Offered as one tap. What was said of a day without it stays to be chosen by itself. */
export const USUAL: readonly Part[] = PARTS.filter((part) => part !== "reasons");
export const MOST_QUESTIONS = 6;

export type Visit = {
  called: string;
  prescriber: string;
  visit_on: string | null;
  strength: string;
  since: string;
  changed: string;
  words: string;
  questions: string[];
  on_page: Part[];
};
export type StoredVisit = Visit & { revision: number; updated_at: string | null; unreadable: boolean };
export type VisitForm = Omit<Visit, "visit_on"> & { visit_on: string };

export type Grid = { title: string; table: Table; note: string };
export type Page = {
  title: string;
  made_by: string;
  period: string;
  about: { label: string; text: string }[];
  question: string;
  words: string;
  questions: string[];
  result_title: string;
  result: string[];
  chart: { title: string; sentence: string; svg: string; paper: string; table: Table } | null;
  sides: Grid | null;
  ranges: Grid | null;
  without: string;
  effects: Grid | null;
  not_logged: string;
  limits: string[];
  made_on: string;
};
export type Preview = { stamp: string; foot: string; page: Page };
export type Copy = {
  id: string;
  page_id: string;
  made_at: string;
  paper: Paper;
  foot: string;
  page: Page | null;
};
export type Listed = { id: string; page_id: string; made_at: string; open_links: number };
export type Paper = "a4" | "us-letter";

export const blankVisit = (): VisitForm => ({
  called: "",
  prescriber: "",
  visit_on: "",
  strength: "",
  since: "",
  changed: "",
  words: "",
  questions: fieldsFor([], MOST_QUESTIONS),
  on_page: [],
});

export const visitForm = ({ visit_on, questions, ...said }: Visit): VisitForm => ({
  called: said.called,
  prescriber: said.prescriber,
  visit_on: visit_on ?? "",
  strength: said.strength,
  since: said.since,
  changed: said.changed,
  words: said.words,
  questions: fieldsFor(questions, MOST_QUESTIONS),
  on_page: [...said.on_page],
});

export function visitOf(form: VisitForm): Visit {
  const { called, prescriber, strength, since, changed, words } = form;
  return {
    called: clean(called),
    prescriber: clean(prescriber),
    strength: clean(strength),
    since: clean(since),
    changed: clean(changed),
    words: clean(words),
    visit_on: form.visit_on || null,
    questions: written(form.questions),
    on_page: PARTS.filter((part) => form.on_page.includes(part)),
  };
}

/** A question more, in the first place that is free; the same one is not asked twice. */
export function asked(questions: readonly string[], one: string): string[] {
  if (questions.includes(one)) return [...questions];
  return fieldsFor([...questions.filter((question) => question.trim() !== ""), one], MOST_QUESTIONS);
}

/** Where people print on Letter: by the country of the browser's first language. */
const LETTER = new Set(["US", "CA", "MX", "CL", "CO", "CR", "GT", "NI", "PA", "PH", "PR", "SV", "VE", "DO"]);
export function paperOf(language: string): Paper {
  try {
    return LETTER.has(new Intl.Locale(language).maximize().region ?? "") ? "us-letter" : "a4";
  } catch {
    return "a4";
  }
}

/** A link by which somebody without an account reads a copy. `code` null: none is asked for. */
export type ShareLink = {
  id: string;
  made_at: string;
  ends_at: string;
  closed_at: string | null;
  state: "open" | "closed" | "over" | "used-up" | "guessed";
  code: string | null;
  most_openings: number | null;
  openings: number;
  wrong_codes: number;
  recent: { opened_at: string; device: string }[];
};
/** `url`: known in this one moment. */
export type ShareLinkMade = { url: string; link: ShareLink };
