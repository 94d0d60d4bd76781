/** A client's pages for sessions with one therapist, as the editor of pages needs them. */
import { get, put } from "../api/client";
import {
  type Agenda,
  type AgendaForm,
  type AgendaPage,
  type Check,
  type CheckForm,
  type CheckPage,
  type Kind,
  type SessionPages,
  agendaForm,
  agendaOf,
  blankAgenda,
  blankCheck,
  checkForm,
  checkOf,
} from "../components/session/types";
import { localDay, phoneZone } from "../lib/day";
import { draftNames } from "../local/drafts";
import { PageEditor } from "./page-editor.svelte";

export type AgendaEditor = PageEditor<AgendaPage, Agenda, AgendaForm, SessionPages>;
export type CheckEditor = PageEditor<CheckPage, Check, CheckForm, SessionPages>;

export const pagesAt = (sharing: string) => `/api/sharings/${sharing}/session-pages`;
export const dateHere = () => localDay(new Date(), phoneZone(), "00:00");

/** On this phone. `number`: of a page that is changed; without one it is the next. */
const draftName = (kind: Kind, sharing: string, number: number | null) =>
  `session-${kind}-${sharing}${number === null ? "" : `-${number}`}`;

/** A page of which a change was begun on this phone, or nothing. */
export function begunChange(account: string, kind: Kind, sharing: string): number | null {
  const begin = `${draftName(kind, sharing, null)}-`;
  const name = draftNames(account, begin).sort().at(0);
  return name === undefined ? null : Number(name.slice(begin.length));
}

const keyOf = (page: { number: number }) => String(page.number);
const without = <T extends { number: number }>(pages: T[], key: string) =>
  pages.filter((page) => keyOf(page) !== key);

export function agendaEditor(sharing: string, number: number | null): AgendaEditor {
  const at = pagesAt(sharing);
  return new PageEditor<AgendaPage, Agenda, AgendaForm, SessionPages>(
    {
      draft: draftName("agenda", sharing, number),
      read: () => get<SessionPages>(at),
      write: (key, body) => put<SessionPages>(`${at}/agenda/${key}`, { ...body, zone: phoneZone() }),
      pages: (all) => all.agendas,
      keyOf,
      // The list for the session to come is one, whoever began it; a list that was begun after it stays the next.
      keyNow: (all, begun, changes) => {
        if (number !== null) return String(number);
        return changes || Number(begun) > all.next_agenda ? begun : String(all.next_agenda);
      },
      without: (all, key) => ({ ...all, agendas: without(all.agendas, key) }),
    },
    blankAgenda,
    agendaForm,
    agendaOf,
    false,
  );
}

export function checkEditor(sharing: string, number: number | null): CheckEditor {
  const at = pagesAt(sharing);
  return new PageEditor<CheckPage, Check, CheckForm, SessionPages>(
    {
      draft: draftName("check", sharing, number),
      read: () => get<SessionPages>(at),
      write: (key, body) => put<SessionPages>(`${at}/check/${key}`, body),
      pages: (all) => all.checks,
      keyOf,
      // Two that were begun on two phones are of two sessions: neither takes the other's place.
      keyNow: (all, begun, changes) => {
        if (number !== null) return String(number);
        return changes ? begun : String(all.next_check);
      },
      without: (all, key) => ({ ...all, checks: without(all.checks, key) }),
    },
    () => blankCheck(dateHere()),
    checkForm,
    (form) => checkOf(form, dateHere()),
    false,
  );
}
