/** The experiments of the person signed in, as mirrored on this phone. */
import type { Experiment } from "../api/types";
import * as local from "../local/experiments";
import { session } from "./session.svelte";

class Experiments {
  all = $state<Experiment[]>([]);
  /** False until this phone's copy was read once. */
  loaded = $state(false);
  /** True once the server said which experiments there are. */
  answered = $state(false);
  current = $derived(local.currentOf(this.all));

  load = async (): Promise<void> => {
    const account = session.account?.id;
    if (!account) {
      this.all = [];
      return;
    }
    try {
      const rows = await local.mirrored(account);
      if (session.account?.id === account) this.all = rows.map((row) => row.experiment);
    } finally {
      this.loaded = true;
    }
  };
}

export const experiments = new Experiments();

/** Keeps what the server said about one experiment, for this screen and for offline use. */
export async function keepExperiment(experiment: Experiment): Promise<void> {
  const account = session.account?.id;
  if (!account) return;
  await local.keepExperiment(account, experiment).catch(() => undefined);
  await experiments.load();
}

/** Asks the server for all experiments. False when there was no answer. */
export async function refreshExperiments(): Promise<boolean> {
  const account = session.account?.id;
  if (!account) return false;
  const answered = await local.refreshExperiments(account).catch(() => false);
  if (answered) experiments.answered = true;
  await experiments.load();
  return answered;
}

/** Forgets an experiment that was deleted on the server. */
export async function forgetExperiment(id: string): Promise<void> {
  const account = session.account?.id;
  if (!account) return;
  await local.forgetExperiment(account, id).catch(() => undefined);
  await experiments.load();
}
