/** The pages of a fortnight, each of one day: that of today can be written, and no other. */
import { get, put } from "../api/client";
import type { Kind, Page, Pages, Reflections, Said } from "../lib/reflections";
import { PageEditor, type Source } from "./page-editor.svelte";

export const draftOf = (kind: Kind, experiment: string) => `page-${kind}-${experiment}`;

export type ReflectionEditor<K extends Kind, F> = PageEditor<Page<K>, Said[K], F, Reflections>;

function source<K extends Kind>(experiment: string, kind: K): Source<Page<K>, Said[K], Reflections> {
  const at = `/api/experiments/${experiment}/reflections`;
  const pages = (all: Pages): Page<K>[] => all[kind];
  return {
    draft: draftOf(kind, experiment),
    read: () => get<Reflections>(at),
    write: (day, body) => put<Reflections>(`${at}/${kind}/${day}`, body),
    pages,
    keyOf: (page) => page.day,
    keyNow: (all) => all.today,
    without: (all, day) => ({ ...all, [kind]: pages(all).filter((page) => page.day !== day) }),
  };
}

export const reflectionEditor = <K extends Kind, F>(
  experiment: string,
  kind: K,
  blank: () => F,
  toForm: (said: Said[K]) => F,
  toSaid: (form: F) => Said[K] | null,
  goesOn: boolean,
): ReflectionEditor<K, F> => new PageEditor(source(experiment, kind), blank, toForm, toSaid, goesOn);
