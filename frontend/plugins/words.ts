/**
 * Reads the Fluent catalogues at build, so that the phone carries their patterns and no parser. A message that Fluent
 * cannot read stops the build. `src/lib/words.ts` says the patterns.
 */
import { readFileSync } from "node:fs";
import { FluentResource } from "@fluent/bundle";
import type { Plugin } from "vite";

export function readWords(ftl: string, from: string): Record<string, unknown> {
  const { body } = new FluentResource(ftl);
  const written = ftl.match(/^-?[a-zA-Z][\w-]* *=/gm) ?? [];
  if (body.length !== written.length) {
    const read = new Set(body.map((message) => message.id));
    const lost = written.map((line) => line.replace(/ *=$/, "")).filter((id) => !read.has(id));
    throw new Error(`${from}: Fluent cannot read ${lost.join(", ")}`);
  }
  return Object.fromEntries(body.map((message) => [message.id, message.value]));
}

export function words(): Plugin {
  return {
    name: "fortnight-words",
    enforce: "pre",
    load(id) {
      if (!id.endsWith(".ftl?raw")) return undefined;
      const file = id.slice(0, -"?raw".length);
      this.addWatchFile(file);
      return `export default ${JSON.stringify(readWords(readFileSync(file, "utf-8"), file))};`;
    },
  };
}
