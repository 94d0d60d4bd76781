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
  /** True while this phone could not keep them: then its own copy says nothing. */
  unkept = false;
  current = $derived(local.currentOf(this.all));

  /** The one that an address names by `?in=ID`; the current one where it names none. */
  named = (id: string | null): Experiment | null =>
    id ? (this.all.find((one) => one.id === id) ?? null) : this.current;

  load = async (): Promise<void> => {
    const account = session.account?.id;
    if (!account) {
      this.all = [];
      return;
    }
    try {
      const rows = await local.mirrored(account);
      if (!this.unkept && session.account?.id === account) this.all = rows.map((row) => row.experiment);
    } catch {
      // What the server says is shown instead.
    } finally {
      this.loaded = true;
    }
  };
}

export const experiments = new Experiments();

/** Asks the server for all experiments. False when there was no answer. */
export async function refreshExperiments(): Promise<boolean> {
  const account = session.account?.id;
  if (!account) return false;
  const all = await local.askExperiments();
  if (all === null || session.account?.id !== account) return false;
  try {
    await local.keepExperiments(account, all);
    experiments.unkept = false;
    await experiments.load();
  } catch {
    // A phone that can keep nothing still shows the questions; what cannot be kept is said at the first tap.
    experiments.unkept = true;
    experiments.all = all;
    experiments.loaded = true;
  }
  // Only now: a screen that knows this sees the experiments too, and never for a moment that there are none.
  experiments.answered = true;
  return true;
}
