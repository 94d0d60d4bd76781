/** The client's experiments, mirrored on this phone so that the check-in knows its questions with no signal. */
import { get } from "../api/client";
import type { Experiment } from "../api/types";
import { type LocalExperiment, database, ofAccount } from "./db";

export async function mirrored(account: string): Promise<LocalExperiment[]> {
  const db = await database();
  return db.from("experiments").getAll(ofAccount(account));
}

/** Asks the server for all of them; null when there was no answer. */
export async function askExperiments(): Promise<Experiment[] | null> {
  const answer = await get<Experiment[]>("/api/experiments");
  return answer.ok && Array.isArray(answer.data) ? answer.data : null;
}

/** Mirrors what the server has. What is gone there goes here too, except where entries still wait. */
export async function keepExperiments(account: string, all: Experiment[]): Promise<void> {
  const db = await database();
  const tx = db.transaction(["experiments", "outbox", "check_ins"], "readwrite");
  const store = tx.objectStore("experiments");
  const there = new Set(all.map((experiment) => experiment.id));
  for (const was of await store.getAll(ofAccount(account))) {
    if (there.has(was.id)) continue;
    const days = IDBKeyRange.bound([account, was.id], [account, was.id, []]);
    if ((await tx.objectStore("outbox").count(days)) > 0) continue;
    await tx.objectStore("check_ins").delete(days);
    await store.delete([account, was.id]);
  }
  for (const experiment of all) {
    const was = await store.get([account, experiment.id]);
    await store.put({ account, id: experiment.id, experiment, cursor: was?.cursor ?? 0 });
  }
  await tx.done;
}

const RANK: Record<Experiment["status"], number> = {
  running: 0,
  paused: 0,
  scheduled: 1,
  finished: 2,
  stopped: 2,
  draft: 3,
};

/** The one that today is about: the open one, else the last one that was lived. Drafts and diaries are not lived. */
export function currentOf(experiments: Experiment[]): Experiment | null {
  const lived = experiments.filter(
    (one) => one.kind !== "diary" && one.status !== "draft" && !(one.unreadable && RANK[one.status] > 1),
  );
  lived.sort((a, b) => RANK[a.status] - RANK[b.status] || (b.start_on ?? "").localeCompare(a.start_on ?? ""));
  return lived[0] ?? null;
}
