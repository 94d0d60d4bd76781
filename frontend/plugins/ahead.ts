/**
 * Writes ahead.json beside the build: for each screen that can be somebody's first, the files that it needs, in the order
 * in which they are wanted. The server names them with the page (app/api/pages.py), so that a first visit fetches them
 * together with the app instead of after it.
 */
import type { Plugin, Rolldown } from "vite";

const SCREENS: Record<string, string[]> = {
  SignIn: ["/screens/SignIn.svelte"],
  Today: ["/screens/Today.svelte", "/state/signed-in.ts"],
  Result: ["/screens/Result.svelte", "/state/signed-in.ts"],
};

type Chunk = Rolldown.OutputChunk & { viteMetadata?: { importedCss: Set<string> } };

export function ahead(): Plugin {
  return {
    name: "fortnight-ahead",
    apply: "build",
    // Last: Vite takes files away that held nothing but styles, and none of those may be named.
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const chunks = Object.values(bundle).filter((file): file is Chunk => file.type === "chunk");
        const needs = (file: string, seen: Set<string>): Set<string> => {
          const chunk = chunks.find((one) => one.fileName === file);
          if (!chunk || seen.has(file)) return seen;
          seen.add(file);
          for (const style of chunk.viteMetadata?.importedCss ?? []) seen.add(style);
          for (const next of chunk.imports) needs(next, seen);
          return seen;
        };
        const entry = chunks.find((one) => one.isEntry && one.name === "index");
        const app = entry ? needs(entry.fileName, new Set()) : new Set<string>();
        // Vite leaves an entry out that only imports, and names what it imports in the page.
        if (entry && /^(import[^;]*;\s*)*$/.test(entry.code)) app.delete(entry.fileName);
        const screens = Object.entries(SCREENS).map(([screen, modules]) => {
          const files = new Set<string>();
          for (const module of modules) {
            const chunk = chunks.find((one) => one.moduleIds.some((id) => id.endsWith(module)));
            if (!chunk) throw new Error(`There is no ${module} any more: see plugins/ahead.ts`);
            needs(chunk.fileName, files);
          }
          // The app first: a browser opens six connections, and nothing shows before the app is here.
          return [screen, [...new Set([...app, ...files])]];
        });
        // And what a page needs that the server writes itself (app/rendering/reading).
        const link = chunks.find((one) => one.isEntry && one.name === "s");
        if (link) screens.push(["Reading", [...needs(link.fileName, new Set())]]);
        const source = JSON.stringify(Object.fromEntries(screens));
        this.emitFile({ type: "asset", fileName: "ahead.json", source });
      },
    },
  };
}
