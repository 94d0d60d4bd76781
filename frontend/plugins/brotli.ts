/**
 * Writes `NAME.br` beside each script and style: a seventh less than gzip, at a cost that only a build can pay. The
 * server sends it where the browser takes it (app/api/pages.py).
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import type { Plugin } from "vite";

const compress = promisify(brotliCompress);
/** Plotly: at the best quality it takes as long as the whole build, and nobody's first screen waits for it. */
const LARGE = 200_000;

export function brotli(): Plugin {
  return {
    name: "fortnight-brotli",
    apply: "build",
    // Read back from the disk: what was written is what will be sent.
    async writeBundle({ dir }, bundle) {
      const names = Object.keys(bundle).filter((name) => /^assets\/.*\.(js|css)$/.test(name));
      await Promise.all(
        names.map(async (name) => {
          const path = join(dir ?? "", name);
          const plain = await readFile(path);
          const quality = plain.length > LARGE ? 9 : constants.BROTLI_MAX_QUALITY;
          await writeFile(
            `${path}.br`,
            await compress(plain, {
              params: {
                [constants.BROTLI_PARAM_QUALITY]: quality,
                [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
              },
            }),
          );
        }),
      );
    },
  };
}
