/** What a client writes for sessions, on the wire and in its forms. Nothing is worked out of it. */
import type { Day } from "../../lib/day";
import { clean, fieldsFor, written } from "../../lib/lines";

export const MOST_LINES = 5;
export const ASKED = ["heard", "matters", "fit"] as const;
export type Asked = (typeof ASKED)[number];
export type Kind = "agenda" | "check";

export type Agenda = { lines: string[]; session_on: Day | null };
export type Answers = Record<Asked, number | null>;
export type Check = Answers & { session_on: Day; words: string };
export type Stored = {
  number: number;
  revision: number;
  shown_at: string | null;
  updated_at: string;
  unreadable: boolean;
};
export type AgendaPage = Agenda & Stored;
/** One that does not open has no day. */
export type CheckPage = Check & Stored;
export type SessionPages = {
  name: string;
  reads: boolean;
  paused: boolean;
  next_agenda: number;
  next_check: number;
  agendas: AgendaPage[];
  checks: CheckPage[];
};

export type ShownAgenda = Agenda & { shown_at: string };
export type ShownSessionPages = { agenda: ShownAgenda | null; earlier: ShownAgenda[]; checks: Check[] };

export type AgendaForm = { lines: string[]; session_on: string };
export type CheckForm = Answers & { session_on: string; words: string };

export const blankAgenda = (): AgendaForm => ({ lines: fieldsFor([], MOST_LINES), session_on: "" });
export const agendaForm = ({ lines, session_on }: Agenda): AgendaForm => ({
  lines: fieldsFor(lines, MOST_LINES),
  session_on: session_on ?? "",
});
/** Null while there is no line. */
export function agendaOf({ lines, session_on }: AgendaForm): Agenda | null {
  const said = written(lines);
  return said.length > 0 ? { lines: said, session_on: session_on || null } : null;
}

export const blankCheck = (today: Day): CheckForm => ({
  session_on: today,
  heard: null,
  matters: null,
  fit: null,
  words: "",
});
export const checkForm = ({ session_on, heard, matters, fit, words }: Check): CheckForm => ({
  session_on,
  heard,
  matters,
  fit,
  words,
});
/** Null while nothing is answered. A day that was taken out is today. */
export function checkOf(form: CheckForm, today: Day): Check | null {
  const words = clean(form.words);
  if (words === "" && ASKED.every((one) => form[one] === null)) return null;
  return { ...form, session_on: form.session_on || today, words };
}

/** The order of the sessions, and of writing where they were on one day. */
export const inOrder = <C extends Check>(checks: readonly C[]): C[] =>
  [...checks].sort((one, other) => one.session_on.localeCompare(other.session_on));

/** What was answered to one question: in which session (from 1), which number. */
export const answers = (checks: readonly Check[], one: Asked): { session: number; value: number }[] =>
  checks.flatMap((check, i) => {
    const value = check[one];
    return value === null ? [] : [{ session: i + 1, value }];
  });
