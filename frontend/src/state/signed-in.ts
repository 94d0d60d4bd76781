/**
 * What is loaded once somebody is signed in: first what this phone holds, or, on a phone that holds nothing yet, what the
 * server says; then, when the screen has that, what sends and brings.
 */
import type { Account } from "../api/types";
import { idle } from "../lib/idle";
import { writeMeta } from "../local/db";
import { anyDrafts } from "../local/drafts";
import { anythingHere } from "../local/here";
import { experiments, refreshExperiments } from "./experiments.svelte";

export { readMeta } from "../local/db";

/** Somebody is here: the service worker learns for whom it may send, and what others left goes. */
export async function arrived(account: Account): Promise<void> {
  const first = !(await anythingHere()) && !anyDrafts();
  await writeMeta("account", account);
  await writeMeta("left", null);
  if (first) return; // nobody was here to leave anything, so what takes it away need not be brought
  const { tidyOthers } = await import("../local/others");
  await tidyOthers(account.id);
}

export async function begin(): Promise<void> {
  await experiments.load();
  const asked = experiments.all.length === 0 && (await refreshExperiments());
  await idle(); // the screen is being drawn
  try {
    (await import("./sender.svelte")).startSender(asked);
  } catch {
    // No signal before the service worker had brought it: sending has to wait for a signal anyway.
    addEventListener("online", () => void begin(), { once: true });
  }
}
