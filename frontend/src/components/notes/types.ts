/** Session notes on the wire, and in a form. */
export type Moment = {
  words: string;
  situation: string;
  affect: string;
  theme: string;
  intensity: number | null;
};
export type Note = {
  id: string;
  session_on: string;
  moments: Moment[];
  reflection: string;
  revision: number;
  updated_at: string;
};
/** A note that does not open: all that is known of it. */
export type Unreadable = Pick<Note, "id" | "updated_at">;
export type Notes = { called: string; notes: Note[]; unreadable: Unreadable[] };

/** A note in its form. `id` is chosen here, so that sending twice makes one note; `revision` 0: it is new. */
export type Typed = Pick<Note, "id" | "session_on" | "moments" | "reflection" | "revision">;

export const MOST_MOMENTS = 12;
export const PARTS = ["words", "situation", "affect", "theme", "intensity", "reflection"] as const;
export type Part = (typeof PARTS)[number];

export const blankMoment = (): Moment => ({
  words: "",
  situation: "",
  affect: "",
  theme: "",
  intensity: null,
});
export const blankNote = (today: string): Typed => ({
  id: crypto.randomUUID(),
  session_on: today,
  moments: [blankMoment()],
  reflection: "",
  revision: 0,
});

/** A saved note, to be changed. */
export const toForm = ({ id, session_on, moments, reflection, revision }: Note): Typed => ({
  id,
  session_on,
  moments: moments.length > 0 ? moments : [blankMoment()],
  reflection,
  revision,
});

const said = (moment: Moment) =>
  moment.intensity !== null ||
  [moment.words, moment.situation, moment.affect, moment.theme].some((text) => text.trim() !== "");

/** Whether there is anything to save. */
export const isEmpty = (note: Typed) => note.reflection.trim() === "" && !note.moments.some(said);

/** The draft of one note of one client on this device; "new" until it was saved. */
export const draftName = (client: string, note: string) => `note-${client}-${note}`;

/** What was typed in a note that is not there any more, as a new one. One that was never there keeps its id. */
export const asNewNote = (note: Typed): Typed =>
  note.revision > 0 ? { ...note, id: crypto.randomUUID(), revision: 0 } : note;

export type Piece = { text: string; was: string | null; kind: string | null };
export type Supervision = {
  title: string;
  intro: string;
  sessions: { title: string; parts: { part: Part; label: string; first: boolean; pieces: Piece[] }[] }[];
  removals: { was: string; kind: string; why: string; times: number }[];
};
