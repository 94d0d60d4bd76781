/**
 * What the first screens cost: gzipped script and style of index.html and one screen, following static imports.
 * `npm run build && npm run size`. Reach 40 kB, aim for 25 (fonts and pictures are apart).
 */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const dist = process.env.FORTNIGHT_DIST ?? "dist";
const assets = readdirSync(join(dist, "assets"));
const read = (name) => readFileSync(join(dist, "assets", name));

function withImports(name, seen) {
  if (seen.has(name)) return;
  seen.add(name);
  if (!name.endsWith(".js")) return;
  // Static imports only: `import(...)` and the preload list of a lazy one are fetched when they are needed.
  for (const [, next] of read(name)
    .toString()
    .matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g))
    withImports(next, seen);
}

const index = readFileSync(join(dist, "index.html"), "utf-8");
const shell = new Set();
for (const [, name] of index.matchAll(/\/assets\/([^"]+\.(?:js|css))/g)) withImports(name, shell);
const size = (names) => [...names].reduce((sum, name) => sum + gzipSync(read(name)).length, 0) / 1000;
console.log(`shell ${size(shell).toFixed(1)} kB gz in ${shell.size} files`);
const entry = read([...shell].find((name) => name.startsWith("index-") && name.endsWith(".js"))).toString();
for (const screen of ["SignIn", "Today", "Join", "Result"]) {
  const all = new Set(shell);
  const chunk = assets.find((name) => new RegExp(`^${screen}-[^.]*\\.js$`).test(name));
  if (!chunk) continue;
  withImports(chunk, all);
  // The style of a screen is named in the entry's list of lazy screens, beside its chunk.
  const list = /\[("assets\/[^\]]*)\]/.exec(entry)?.[1].match(/assets\/[^"]+/g) ?? [];
  for (const name of list) if (name.endsWith(".css") && name.includes(`${screen}-`)) all.add(name.slice(7));
  console.log(`${screen} ${size(all).toFixed(1)} kB gz in ${all.size} files`);
}
