/** All notes on one client as a plain text, to be kept elsewhere: whole, with dates and names. */
import { dateWords } from "../../lib/names";
import { t } from "../../lib/words";
import type { Moment, Note } from "./types";

const part = (label: string, text: string) => (text.trim() === "" ? [] : [`${t(label)}: ${text}`]);

const moment = (one: Moment): string[] => [
  "",
  ...part("supervision-part-words", one.words),
  ...part("supervision-part-situation", one.situation),
  ...part("supervision-part-affect", one.affect),
  ...part("supervision-part-theme", one.theme),
  ...part(
    "supervision-part-intensity",
    one.intensity === null ? "" : t("supervision-intensity", { value: one.intensity }),
  ),
];

/** `notes`: the first session first. */
export function asText(called: string, notes: readonly Note[]): string {
  const sessions = notes.flatMap((note, i) => [
    "",
    "",
    t("notes-session", { n: i + 1, date: dateWords(note.session_on) }),
    ...note.moments.flatMap(moment),
    ...(note.reflection.trim() ? ["", `${t("notes-reflection")}: ${note.reflection}`] : []),
  ]);
  return [t("notes-title", { called }), ...sessions, ""].join("\n");
}
