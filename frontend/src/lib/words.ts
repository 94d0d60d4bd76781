/**
 * The one place that knows Fluent. A screen adds the catalogues it needs once, at its top:
 *
 *   import ftl from "@words/check-in.ftl?raw";
 *   addWords(ftl);
 *
 * and says things with `t("check-in-mood")`. The same files speak for the server, so a key is written once.
 */
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";

const bundle = new FluentBundle("en", { useIsolating: false });
const added = new Set<string>();

export type Args = Record<string, FluentVariable>;

/** Adds a catalogue (the raw text of an .ftl file). Adding the same one twice does nothing. */
export function addWords(ftl: string): void {
  if (added.has(ftl)) return;
  added.add(ftl);
  bundle.addResource(new FluentResource(ftl), { allowOverrides: true });
}

/** True when the catalogues added so far have this key. */
export function knows(key: string): boolean {
  return bundle.hasMessage(key);
}

/** The sentence for a key. A missing key shows the key itself, so that nothing breaks at night. */
export function t(key: string, args?: Args): string {
  const message = bundle.getMessage(key);
  if (!message?.value) return key;
  const wrong: Error[] = [];
  const text = bundle.formatPattern(message.value, args, wrong);
  if (wrong.length > 0 && import.meta.env?.DEV) console.error(key, wrong);
  return text;
}
