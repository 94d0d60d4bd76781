/**
 * Draws the icons from one small picture: fourteen places in a row of two weeks, today ringed. Run by hand after a
 * change (`npm run icons`); needs a Chromium (FORTNIGHT_CHROMIUM, else /usr/bin/chromium).
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const out = (name) => fileURLToPath(new URL(`../public/${name}`, import.meta.url));
const PAPER = "#f9f4ea";
const INK = "#2b2620";
const ACCENT = "#22507a";

/**
 * `room`: the part of the picture that the marks take (a maskable icon keeps them inside the safe circle). `badge`: white
 * marks on nothing, of which a phone takes the shape alone.
 */
function picture(size, room, corner, badge = false) {
  const [ink, accent] = badge ? ["#fff", "#fff"] : [INK, ACCENT];
  const left = (100 * (1 - room)) / 2;
  const step = (100 * room) / 7;
  let marks = "";
  for (let n = 0; n < 14; n += 1) {
    const x = left + step * (n % 7) + step / 2;
    const y = 50 + (n < 7 ? -0.75 : 0.75) * step;
    if (n === 10)
      marks += `<circle cx="${x}" cy="${y}" r="${step * 0.5}" fill="none" stroke="${accent}" stroke-width="${step * 0.17}"/>`;
    else if (n > 10) marks += `<circle cx="${x}" cy="${y}" r="${step * 0.14}" fill="${ink}"/>`;
    else marks += `<circle cx="${x}" cy="${y}" r="${step * 0.34}" fill="${ink}"/>`;
  }
  const paper = badge ? "" : `<rect width="100" height="100" rx="${corner}" fill="${PAPER}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="${size}" height="${size}">${paper}${marks}</svg>\n`;
}

const chromium = process.env.FORTNIGHT_CHROMIUM ?? "/usr/bin/chromium";
const folder = mkdtempSync(join(tmpdir(), "icons-"));
writeFileSync(out("icon.svg"), picture(100, 0.84, 18));
for (const [name, size, room, corner, badge] of [
  ["icon-192.png", 192, 0.84, 18],
  ["icon-512.png", 512, 0.84, 18],
  ["icon-maskable-512.png", 512, 0.62, 0],
  ["badge-96.png", 96, 0.96, 0, true],
]) {
  const page = join(folder, "page.html");
  writeFileSync(
    page,
    `<style>html,body{margin:0;background:transparent}svg{display:block}</style>${picture(size, room, corner, badge)}`,
  );
  execFileSync(
    chromium,
    [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--hide-scrollbars",
      "--default-background-color=00000000",
      `--window-size=${size},${size}`,
      `--screenshot=${out(name)}`,
      `file://${page}`,
    ],
    { stdio: "ignore" },
  );
}
rmSync(folder, { recursive: true });
