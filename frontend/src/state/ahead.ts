/** What a screen asks the server for as soon as it opens, so that it can be asked before the screen is here. */
import type { Route } from "../router";

const EXPERIMENTS = "/api/experiments";
export const of = (experiment: string) => `${EXPERIMENTS}/${encodeURIComponent(experiment)}`;

export const figuresOf = (address: string, wide: number) =>
  `${address}/figures?width=${wide}&definition=false`;

/** As wide as the column; with larger text as if it were narrower, so that the words in a chart grow too. */
export function fitting(column: number, text: number): number {
  return Math.round(Math.min(480, Math.max(144, (column || 328) / (text / 16 || 1))));
}

const GUTTERS = 32;

/** Its paths, most wanted first. The charts by the usual size of text: with another they are asked for anew. */
export function asksFor(route: Route | null, window: number): string[] {
  const id = route?.params.id;
  if (route?.screen === "Today") return [EXPERIMENTS];
  if (route?.screen !== "Result" || !id) return [];
  return [`${of(id)}/comparison`, figuresOf(of(id), fitting(window - GUTTERS, 16)), of(id), EXPERIMENTS];
}
