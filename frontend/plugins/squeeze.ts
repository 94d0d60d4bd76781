/**
 * Terser once more over what the bundler has minified: 0.9 kB of the first screen for a few seconds of every build. It
 * must not take reading a property for doing nothing: that is how an effect says what it depends on.
 */
import { minify } from "terser";
import type { Plugin } from "vite";

/** Plotly comes minified, and is as large as all the rest ten times over. */
const WORTH_IT = 200_000;

export function squeeze(): Plugin {
  return {
    name: "fortnight-squeeze",
    apply: "build",
    enforce: "post",
    async generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== "chunk" || chunk.code.length > WORTH_IT) continue;
        const { code } = await minify(chunk.code, {
          module: true,
          ecma: 2020,
          compress: { passes: 5, keep_fargs: false, pure_getters: false },
        });
        if (code) chunk.code = code;
      }
    },
  };
}
