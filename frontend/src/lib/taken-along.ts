/** A fortnight that was taken along: what its file says of itself, before anything of it leaves this phone. */

/** A file of these bytes is none of ours: the longest export has a tenth of it. */
const MOST_BYTES = 20_000_000;
const NAME = "fortnight.json";
// What the server works out anew, or what belongs to others: it does not read them, and they are the most of it.
const LEFT = ["gate", "report", "briefs", "shared_with", "session_pages", "reminders"];

export interface TakenAlong {
  /** What is sent. */
  text: string;
  question: string;
  medicine: string;
  madeOn: string;
  /** The first day, and how many days were written; null and 0 of what had not begun. */
  startOn: string | null;
  written: number;
}

/** Null where it is no such file. The archive is opened here, and only the one file in it is read. */
export async function readTakenAlong(file: File): Promise<TakenAlong | null> {
  if (file.size > MOST_BYTES) return null;
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    return fromText(
      new TextDecoder("utf-8", { fatal: true }).decode(isZip(bytes) ? await inside(bytes) : bytes),
    );
  } catch {
    return null;
  }
}

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
}

async function inside(bytes: Uint8Array): Promise<Uint8Array> {
  const { unzipSync } = await import("fflate");
  const found = unzipSync(bytes, {
    filter: (one) => one.name === NAME && one.originalSize <= MOST_BYTES,
  })[NAME];
  if (!found) throw new Error("no fortnight in it");
  return found;
}

function fromText(text: string): TakenAlong | null {
  const whole = JSON.parse(text) as Record<string, unknown>;
  const one = whole.experiment as Record<string, unknown> | undefined;
  if (whole.format !== "fortnight" || !one || !Array.isArray(whole.check_ins)) return null;
  const kept = Object.fromEntries(Object.entries(whole).filter(([name]) => !LEFT.includes(name)));
  const words = (value: unknown) => (typeof value === "string" ? value : "");
  return {
    text: JSON.stringify(kept),
    question: words(one.question),
    medicine: words(one.medicine_label) || words(one.medicine),
    madeOn: words(whole.made_at).slice(0, 10),
    startOn: words(one.started_at) && one.kind !== "diary" ? words(one.start_on) || null : null,
    written: new Set((whole.check_ins as { day?: unknown }[]).map((row) => row?.day)).size,
  };
}
