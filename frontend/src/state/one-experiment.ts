/** One experiment that changed by what the client did: mirrored on this phone, and shown. */
import type { Experiment } from "../api/types";
import * as local from "../local/one-experiment";
import { experiments } from "./experiments.svelte";
import { session } from "./session.svelte";

/** Keeps what the server said about one experiment, for this screen and for offline use. */
export async function keepExperiment(experiment: Experiment): Promise<void> {
  const account = session.account?.id;
  if (!account) return;
  await local.keepExperiment(account, experiment).catch(() => undefined);
  await experiments.load();
}

/** Forgets an experiment that was deleted on the server. */
export async function forgetExperiment(id: string): Promise<void> {
  const account = session.account?.id;
  if (!account) return;
  await local.forgetExperiment(account, id).catch(() => undefined);
  await experiments.load();
}
