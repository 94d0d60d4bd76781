/** What a client prepares for a visit, and the page for it, on the wire and in its form. */
import { clean, fieldsFor, written } from "../../lib/lines";
import type { Table } from "../charts/types";

export const PARTS = [
  "medicine",
  "question",
  "words",
  "not_told",
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
/** Chosen by themselves: what was said of a day without it, and what the prescriber does not know. */
const ALONE: readonly Part[] = ["reasons", "not_told"];
/** Offered as one tap. */
export const USUAL: readonly Part[] = PARTS.filter((part) => !ALONE.includes(part));
export const MOST_QUESTIONS = 6;
export const MOST_ANSWERS = 6;
export const MOST_OPTIONS = 8;

export type Visit = {
  called: string;
  prescriber: string;
  visit_on: string | null;
  strength: string;
  since: string;
  changed: string;
  words: string;
  questions: string[];
  not_told: string;
  answers: SaidBack[];
  in_the_way: string;
  options: Option[];
  decided: string;
  step: string;
  review_on: string | null;
  effort_understand: number | null;
  effort_listen: number | null;
  effort_include: number | null;
  on_page: Part[];
};
export type Option = {
  kind: "stay" | "time" | "dose" | "other" | "stop" | "again" | "own";
  name: string;
  good: string;
  less_good: string;
  effort: string;
};
export type SaidBack = { they: string; me: string };
export const EFFORTS = ["effort_understand", "effort_listen", "effort_include"] as const;
export type StoredVisit = Visit & { revision: number; updated_at: string | null; unreadable: boolean };
export type VisitForm = Omit<Visit, "visit_on" | "review_on"> & { visit_on: string; review_on: string };

export type Grid = { title: string; table: Table; note: string };
export type Page = {
  title: string;
  made_by: string;
  period: string;
  about: { label: string; text: string }[];
  question: string;
  words: string;
  not_told: string;
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
  not_told: "",
  answers: [],
  in_the_way: "",
  options: [],
  decided: "",
  step: "",
  review_on: "",
  effort_understand: null,
  effort_listen: null,
  effort_include: null,
  on_page: [],
});

export const visitForm = (said: Visit): VisitForm => ({
  called: said.called,
  prescriber: said.prescriber,
  visit_on: said.visit_on ?? "",
  strength: said.strength,
  since: said.since,
  changed: said.changed,
  words: said.words,
  questions: fieldsFor(said.questions, MOST_QUESTIONS),
  not_told: said.not_told,
  answers: said.answers.map((one) => ({ ...one })),
  in_the_way: said.in_the_way,
  options: said.options.map((one) => ({ ...one })),
  decided: said.decided,
  step: said.step,
  review_on: said.review_on ?? "",
  effort_understand: said.effort_understand,
  effort_listen: said.effort_listen,
  effort_include: said.effort_include,
  on_page: [...said.on_page],
});

export function visitOf(form: VisitForm): Visit {
  const { called, prescriber, strength, since, changed, words } = form;
  const { effort_understand, effort_listen, effort_include } = form;
  return {
    called: clean(called),
    prescriber: clean(prescriber),
    strength: clean(strength),
    since: clean(since),
    changed: clean(changed),
    words: clean(words),
    visit_on: form.visit_on || null,
    questions: written(form.questions),
    not_told: clean(form.not_told),
    answers: form.answers
      .map(({ they, me }) => ({ they: written([they])[0] ?? "", me: clean(me) }))
      .filter(({ they, me }) => they !== "" || me !== ""),
    in_the_way: clean(form.in_the_way),
    options: form.options.map(({ kind, name, good, less_good, effort }) => ({
      kind,
      name: written([name])[0] ?? "",
      good: clean(good),
      less_good: clean(less_good),
      effort: clean(effort),
    })),
    decided: clean(form.decided),
    step: written([form.step])[0] ?? "",
    review_on: form.review_on || null,
    effort_understand,
    effort_listen,
    effort_include,
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
