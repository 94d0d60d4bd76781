/** The file of a diary: read on this phone, looked at by the server, kept by nobody until its days are brought in. */
import { type Problem, post } from "../api/client";
import type { Experiment, MeasureKey } from "../api/types";
import {
  type DiaryColumn,
  type DiaryForm,
  type DiaryWrong,
  type DoseValue,
  type Order,
  type Preview,
  type Trouble,
  daysIn,
  decode,
  firstForm,
  lastFortnight,
  readLength,
  toBody,
  whatIsMissing,
} from "../lib/diary";
import {
  type App,
  type Place,
  type Reading,
  type Zero,
  placesOf,
  refit,
  toReading,
  whatIsUnsaid,
} from "../lib/diary-export";
import { sentence } from "../lib/problems";
import { t } from "../lib/words";
import { keepExperiment } from "./one-experiment";

/** The server takes half a million characters; a file four times that is not one of ours in any encoding. */
const MOST_BYTES = 2_000_000;

export class Diary {
  name = $state("");
  csv = $state("");
  preview = $state.raw<Preview | null>(null);
  form = $state<DiaryForm | null>(null);
  busy = $state<"" | "reading" | "bringing">("");
  /** A sentence for the whole. */
  told = $state("");
  wrong = $state<DiaryWrong>({});
  troubles = $state.raw<Trouble[]>([]);
  /** The values of the dose column in the chosen days; null while they are not known. */
  doses = $state.raw<DoseValue[] | null>(null);
  /** Where each mood of an export stands, and what its 0 means. */
  places = $state<Record<string, Place>>({});
  zero = $state<Zero | "">("");
  #app: Reading["app"] = null;
  #lookedAt = 0;
  #reread = 0;

  readonly days = $derived.by(() => daysIn(this.preview?.days ?? null));

  async take(file: File, primary: MeasureKey): Promise<void> {
    this.forget();
    if (file.size > MOST_BYTES) {
      this.told = t("diary-file-too-large");
      return;
    }
    try {
      await this.read(decode(await file.arrayBuffer()), file.name, primary);
    } catch {
      this.told = t("diary-file-unreadable");
    }
  }

  /** How the text is read, with what was said of it. */
  get #reading(): Reading {
    return toReading(this.#app, $state.snapshot(this.places), this.zero);
  }

  /** Looks at a text. What is in it is shown; nothing is kept. */
  async read(csv: string, name: string, primary: MeasureKey): Promise<void> {
    this.busy = "reading";
    this.told = "";
    const turn = ++this.#reread;
    const answer = await post<Preview>("/api/diaries/preview", { csv, reading: this.#reading });
    if (turn !== this.#reread) return;
    this.busy = "";
    if (!answer.ok) {
      this.told = answer.problem.status === 422 ? t("diary-file-too-large") : sentence(answer.problem);
      return;
    }
    this.name = name;
    this.csv = csv;
    this.preview = answer.data;
    this.troubles = answer.data.errors;
    this.wrong = {};
    this.doses = null;
    const { recognised } = answer.data;
    this.#app = recognised?.converted ? recognised.app : recognised ? "table" : null;
    if (recognised?.converted) {
      this.places = placesOf(recognised.moods);
      this.zero = recognised.zero ?? "";
    }
    this.form = null;
    if (answer.data.columns.length === 0) return;
    this.form = firstForm(answer.data, primary);
    this.chooseLast();
  }

  /** The same text as another kind of file. What was said of its moods is kept. */
  async readAs(app: App | "table", primary: MeasureKey): Promise<void> {
    const [before, shown] = [this.#app, this.preview];
    this.#app = app;
    await this.read(this.csv, this.name, primary);
    if (this.preview === shown) this.#app = before;
  }

  /** Another look, after something was said about an export. The choices stay. */
  async reread(): Promise<void> {
    const { form } = this;
    const turn = ++this.#reread;
    const body = { csv: this.csv, day: form?.day || null, day_format: form?.format || null };
    const answer = await post<Preview>("/api/diaries/preview", { ...body, reading: this.#reading });
    if (turn !== this.#reread || !this.preview || !this.form) return;
    if (!answer.ok) {
      this.told = sentence(answer.problem);
      return;
    }
    refit(this.form, this.preview, answer.data);
    this.preview = answer.data;
    this.troubles = answer.data.errors;
  }

  /** The days of another column, or the same written another way. */
  async lookAtDays(): Promise<void> {
    const { form } = this;
    if (!form?.day) return;
    const reading = this.#reading;
    const body = { csv: this.csv, day: form.day, day_format: form.format || null, reading };
    const answer = await post<Preview>("/api/diaries/preview", body);
    if (!answer.ok) this.told = sentence(answer.problem);
    else if (this.preview) {
      this.preview = { ...this.preview, days: answer.data.days };
      this.troubles = answer.data.errors;
      this.chooseLast();
    }
  }

  /** Which values the chosen days have. Without an answer all values of the column are asked about. */
  async lookAtDoses(): Promise<void> {
    const { form } = this;
    const length_days = readLength(form?.length ?? "");
    const turn = ++this.#lookedAt;
    if (!form?.dose || form.start === null || length_days === null) return;
    const window = { start_on: form.start, length_days };
    const body = { csv: this.csv, day: form.day, day_format: form.format || null, dose: form.dose, window };
    const answer = await post<Preview>("/api/diaries/preview", { ...body, reading: this.#reading });
    if (turn !== this.#lookedAt) return;
    const all = this.preview?.columns.find((column) => column.name === form.dose)?.distinct ?? [];
    this.doses = (answer.ok && answer.data.doses) || all;
  }

  /** Whether numbers of a column were found to lie outside of what was said about it. */
  offScale(column: DiaryColumn | undefined): boolean {
    return this.troubles.some((one) => one.column === column?.letter && one.code.startsWith("number-o"));
  }

  private chooseLast(): void {
    if (this.form) Object.assign(this.form, lastFortnight(this.days));
  }

  check(): boolean {
    this.told = "";
    if (!this.form || !this.preview) return false;
    const form = $state.snapshot(this.form);
    this.wrong = {
      ...whatIsMissing(form, this.preview, this.doses),
      ...whatIsUnsaid(form, this.preview, this.places, this.zero),
    };
    if (Object.keys(this.wrong).length === 0) return true;
    this.told = t("diary-see-marked");
    return false;
  }

  /** All of the window's days, or none and a list of what could not be read. */
  async bring(experiment: string, primary: MeasureKey, order: Order | null): Promise<Experiment | null> {
    if (!this.form) return null;
    this.busy = "bringing";
    this.troubles = [];
    const body = toBody($state.snapshot(this.form), this.csv, primary, this.doses ?? [], order);
    const whole = { ...body, reading: this.#reading };
    const answer = await post<Experiment>(`/api/experiments/${experiment}/diary`, whole);
    this.busy = "";
    if (answer.ok) {
      await keepExperiment(answer.data);
      return answer.data;
    }
    this.troubles = troublesOf(answer.problem);
    this.told = this.troubles.length > 0 ? "" : sentence(answer.problem);
    return null;
  }

  forget(): void {
    this.name = this.csv = this.told = "";
    this.preview = null;
    this.form = null;
    this.doses = null;
    this.troubles = [];
    this.wrong = {};
    this.places = {};
    this.zero = "";
    this.#app = null;
    this.#reread++;
    this.busy = "";
  }
}

function troublesOf(problem: Problem): Trouble[] {
  if (problem.code !== "diary-unreadable") return [];
  return (problem.body as { errors: Trouble[] }).errors;
}
