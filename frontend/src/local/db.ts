/**
 * What is on this phone. Page and service worker share it. Every row carries the account that it belongs to: only that
 * account sees or sends it. Not yet encrypted by us: the sign-in page says so.
 */
import type { Answers, Experiment } from "../api/types";
import { type Database, openDatabase } from "./idb";
import type { TextField } from "./merge";

/** One local day, as it stands on this phone. */
export type LocalDay = {
  account: string;
  experiment: string;
  day: string;
  answers: Answers;
  written_at: string;
  zone: string;
  /** What the server had when this phone last agreed with it; null before the first time. */
  base: Answers | null;
  base_revision: number;
  /** What the server has of it does not open any more, and this phone has nothing of it. */
  unreadable?: boolean;
};

/** One day that is not yet with the server: replaced in place, never dropped by age, removed only after 2xx. */
export type Entry = {
  account: string;
  experiment: string;
  day: string;
  /** New with every write: an answer to an older sending never removes a newer entry. */
  tap: string;
  queued_at: string;
  status: "waiting" | "needs-you";
  reason: { status: number; code: string; detail: string } | null;
  /** The other side's words, where both wrote. */
  theirs: Partial<Record<TextField, string>> | null;
};

export type LocalExperiment = { account: string; id: string; experiment: Experiment; cursor: number };

type Schema = {
  check_ins: { key: [string, string, string]; value: LocalDay };
  outbox: { key: [string, string, string]; value: Entry };
  experiments: { key: [string, string]; value: LocalExperiment };
  meta: { key: string; value: unknown };
};

/** One step per version, only ever added to; each step only adds, so that an older app can still read. */
const upgrades: ((db: IDBDatabase) => void)[] = [
  (db) => {
    db.createObjectStore("check_ins", { keyPath: ["account", "experiment", "day"] });
    db.createObjectStore("outbox", { keyPath: ["account", "experiment", "day"] });
    db.createObjectStore("experiments", { keyPath: ["account", "id"] });
    db.createObjectStore("meta");
  },
];

export const NAME = "fortnight";
let opened: Promise<Database<Schema>> | null = null;

/** The database, opened once. An app that is older than the data opens it as it is. */
export function database(): Promise<Database<Schema>> {
  opened ??= openDatabase<Schema>(NAME, upgrades.length, {
    upgrade(db, from) {
      for (const upgrade of upgrades.slice(from)) upgrade(db);
    },
    // A newer app in another tab waits for this connection: let it go, and open anew when next asked.
    blocking: () => close(),
    terminated: () => {
      opened = null;
    },
  }).catch((error: unknown) => {
    opened = null;
    throw error;
  });
  return opened;
}

export function close(): void {
  const was = opened;
  opened = null;
  void was?.then((db) => db.close()).catch(() => undefined);
}

/** On the disk when it says so, not merely handed to the operating system. */
export const STRICT = { durability: "strict" } as const;

export async function readMeta<T>(key: string): Promise<T | undefined> {
  return (await (await database()).from("meta").get(key)) as T | undefined;
}

export async function writeMeta(key: string, value: unknown): Promise<void> {
  const db = await database();
  const tx = db.transaction(["meta"], "readwrite", STRICT);
  await Promise.all([tx.objectStore("meta").put(value, key), tx.done]);
}

/** Every row of one account in a store whose key begins with the account. */
export function ofAccount(account: string): IDBKeyRange {
  return IDBKeyRange.bound([account], [account, []]);
}
