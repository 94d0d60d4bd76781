/** One experiment that changed by what the client did, in the mirror on this phone. */
import type { Experiment } from "../api/types";
import { database } from "./db";

/** Keeps what the server said about one experiment. Called after creating, starting or changing it. */
export async function keepExperiment(account: string, experiment: Experiment): Promise<void> {
  const db = await database();
  const tx = db.transaction(["experiments"], "readwrite");
  const store = tx.objectStore("experiments");
  const was = await store.get([account, experiment.id]);
  await store.put({ account, id: experiment.id, experiment, cursor: was?.cursor ?? 0 });
  await tx.done;
}

/** Forgets an experiment that the client deleted, with its days. */
export async function forgetExperiment(account: string, id: string): Promise<void> {
  const db = await database();
  const tx = db.transaction(["experiments", "outbox", "check_ins"], "readwrite");
  const days = IDBKeyRange.bound([account, id], [account, id, []]);
  await tx.objectStore("check_ins").delete(days);
  await tx.objectStore("outbox").delete(days);
  await tx.objectStore("experiments").delete([account, id]);
  await tx.done;
}
