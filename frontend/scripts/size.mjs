/**
 * What the first screens cost: gzipped script and style that the browser is told to bring for them. `npm run build && npm
 * run size`. The check-in may cost 40 kB and no more (fonts and pictures are apart); one part of Svelte that no screen used
 * before is enough to break that. `./fortnight bench page` sees a browser do it.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const MOST_KB = { SignIn: 40, Today: 40 };
const dist = process.env.FORTNIGHT_DIST ?? "dist";
const read = (name) => readFileSync(join(dist, "assets", name));

/** Static imports only: `import(...)` is fetched when it is needed. */
function withImports(name, seen) {
  if (seen.has(name)) return;
  seen.add(name);
  if (!name.endsWith(".js")) return;
  for (const [, next] of read(name)
    .toString()
    .matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g))
    withImports(next, seen);
}

/** A screen with what `import("./Screen.js")` names beside it: its styles, and what it imports. */
function withScreen(name, seen) {
  for (const from of [...seen].filter((one) => one.endsWith(".js"))) {
    const code = read(from).toString();
    const list = (/m\.f=\[([^\]]*)\]/.exec(code)?.[1].match(/"[^"]+"/g) ?? []).map((one) => one.slice(8, -1));
    const at = code.indexOf(`./${name}`);
    const beside = at < 0 ? null : /^[^[]{0,40}__vite__mapDeps\(\[([\d,]*)\]\)/.exec(code.slice(at + 2));
    for (const number of beside?.[1].split(",").filter(Boolean) ?? [])
      withImports(list[Number(number)], seen);
  }
  withImports(name, seen);
}

const index = readFileSync(join(dist, "index.html"), "utf-8");
const shell = new Set();
for (const [, name] of index.matchAll(/\/assets\/([^"]+\.(?:js|css))/g)) withImports(name, shell);
const size = (names) =>
  [...names].reduce((sum, name) => sum + gzipSync(read(name), { level: 9 }).length, 0) / 1000;
console.log(`shell ${size(shell).toFixed(1)} kB gz in ${shell.size} files`);
// By the name that the app asks for: the folder also holds the files of the release before.
const asked = [...shell]
  .filter((name) => name.endsWith(".js"))
  .map((name) => read(name).toString())
  .join("\n");
const named = (start) => new RegExp(`\\./(${start}-[\\w-]{7}\\.js)`).exec(asked)?.[1];
/** What the server will name with the page (plugins/ahead.ts); a screen that it does not name is asked for by the app. */
const ahead = JSON.parse(readFileSync(join(dist, "ahead.json"), "utf-8"));
for (const screen of ["SignIn", "Today", "Join", "Result"]) {
  const all = new Set(shell);
  if (ahead[screen]) for (const file of ahead[screen]) all.add(file.replace("assets/", ""));
  else withScreen(named(screen), all);
  if (size(all).toFixed(1) > MOST_KB[screen]) process.exitCode = 1;
  console.log(`${screen} ${size(all).toFixed(1)} kB gz in ${all.size} files`);
  if (process.argv.includes("--files"))
    for (const name of all) console.log(`  ${gzipSync(read(name), { level: 9 }).length} ${name}`);
}
