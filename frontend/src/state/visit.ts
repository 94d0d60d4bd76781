/** What a client prepares for a visit, as the editor of pages needs it: one page for each fortnight. */
import { get, put, type Answer } from "../api/client";
import {
  blankVisit,
  visitForm,
  visitOf,
  type StoredVisit,
  type Visit,
  type VisitForm,
} from "../components/brief/types";
import { PageEditor } from "./page-editor.svelte";

export type VisitEditor = PageEditor<StoredVisit, Visit, VisitForm, StoredVisit>;

const KEY = "visit";

export function visitEditor(experiment: string): VisitEditor {
  const at = `/api/experiments/${experiment}/visit`;
  return new PageEditor<StoredVisit, Visit, VisitForm, StoredVisit>(
    {
      draft: `visit-${experiment}`,
      read: () => get<StoredVisit>(at),
      write: (_key, body): Promise<Answer<StoredVisit>> => put<StoredVisit>(at, body),
      pages: (one) => (one.revision > 0 ? [one] : []),
      keyOf: () => KEY,
      keyNow: () => KEY,
      without: (one) => one,
    },
    blankVisit,
    visitForm,
    visitOf,
    false,
  );
}
