/**
 * Writes help.html at build, from the dated directory of crisis lines and the catalogue: a page that needs no script,
 * no account and no network. The tiny script of the page only brings the chosen country to the top.
 */
import { readFileSync } from "node:fs";
import { parse } from "smol-toml";
import type { Plugin } from "vite";
import { type Say, safe, said, sayer } from "./say.ts";

type Line = {
  name: string;
  kind?: "health";
  call?: string;
  dial?: string[];
  text?: string;
  sms?: string;
  chat?: string;
  notes?: string;
  checked_on: string;
};
type Country = { name: string; emergency: string; dial: string[]; lines?: Line[] };
export type Directory = { fallback: { directories: string[] }; country: Record<string, Country> };

export function helpPage(files: { lines: string; words: string }): Plugin {
  return {
    name: "fortnight-help-page",
    // The same directory for the cards of the check-in: `import lines from "virtual:crisis-lines"`.
    resolveId: (id) => (id === "virtual:crisis-lines" ? `\0${id}` : undefined),
    load(id) {
      if (id !== "\0virtual:crisis-lines") return undefined;
      this.addWatchFile(files.lines);
      const directory = parse(readFileSync(files.lines, "utf-8")) as unknown as Directory;
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(forCards(directory)))});`;
    },
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        if (request.url === "/help") request.url = "/help.html";
        next();
      });
    },
    transformIndexHtml: {
      order: "pre",
      handler(html, context) {
        if (!context.path.endsWith("/help.html")) return html;
        const say = sayer(readFileSync(files.words, "utf-8"));
        const directory = parse(readFileSync(files.lines, "utf-8")) as unknown as Directory;
        return said(html, say).replace("<!-- countries -->", countries(directory, say));
      },
    },
  };
}

/** Every country as a section; the list of links above them is the way to find one without a script. */
export function countries(directory: Directory, say: Say): string {
  const all = Object.entries(directory.country);
  const links = all.map(([code, { name }]) => `<li><a href="#${safe(code)}">${safe(name)}</a></li>`).join("");
  const sections = all.map(([code, country]) => section(code, country, directory, say)).join("\n");
  return `
    <div id="chosen"></div>
    <section id="plan" class="card" hidden>
      <h2>${safe(say("help-plan"))}</h2>
      <dl>
        ${(
          [
            ["notice_first", "notice"],
            ["what_helps", "helps"],
            ["who_i_call", "who"],
          ] as const
        )
          .map(
            ([field, key]) =>
              `<div hidden><dt>${safe(say(`help-plan-${key}`))}</dt><dd data-plan="${field}"></dd></div>`,
          )
          .join("\n")}
      </dl>
    </section>
    <div class="field" id="choose" hidden>
      <label for="country">${safe(say("help-country"))}</label>
      <select id="country"><option value=""></option>${all
        .map(([code, { name }]) => `<option value="${safe(code)}">${safe(name)}</option>`)
        .join("")}</select>
      <p class="small soft" id="guessed" hidden>${safe(say("help-guessed"))}</p>
      <p class="small soft">${safe(say("help-not-listed", { directories: directory.fallback.directories.join(", ") }))}</p>
    </div>
    <details id="all" open>
      <summary><h2>${safe(say("help-country-find"))}</h2></summary>
      <ul class="links">${links}</ul>
      <div id="sections">${sections}</div>
    </details>`;
}

function section(code: string, country: Country, directory: Directory, say: Say): string {
  const lines = country.lines ?? [];
  const emergency = emergencyOf(country, code !== "US", say);
  const talk = lines.length
    ? `<h3>${safe(say("help-lines"))}</h3><ul class="lines">${lines.map((line) => lineOf(line, say)).join("")}</ul>`
    : `<p>${safe(say("help-no-lines", { directories: directory.fallback.directories.join(", ") }))}</p>`;
  // In the United States 988 is the number to call first in a mental-health emergency.
  const inOrder = code === "US" ? talk + emergency : emergency + talk;
  return `<section class="country" id="${safe(code)}" aria-labelledby="name-${safe(code)}">
    <h2 id="name-${safe(code)}">${safe(country.name)}</h2>${inOrder}</section>`;
}

function emergencyOf(country: Country, first: boolean, say: Say): string {
  if (country.emergency === "") return `<p>${safe(say("help-no-emergency"))}</p>`;
  const calls = country.dial
    .map(
      (number) =>
        `<a class="btn ${first ? "main" : ""} call" href="tel:${safe(number)}">${safe(say("help-call", { number }))}</a>`,
    )
    .join("");
  const all =
    country.dial.length > 1 || country.emergency !== country.dial[0]
      ? `<p class="small">${safe(say("help-emergency-all", { numbers: country.emergency }))}</p>`
      : "";
  return `<div class="emergency">${calls}</div>${all}`;
}

/** How a line is reached. Without `href` it is only read out: the file has no digits for a link. */
type Way = { how: "call" | "text" | "chat"; number: string; href?: string };

function waysOf(line: Line): Way[] {
  const ways: Way[] = [];
  const spoken = (line.call ?? "").split(/\s*(?:\/|\bor\b)\s*/).filter(Boolean);
  const dials = line.dial ?? [];
  dials.forEach((dial, n) => {
    const number = (dials.length === spoken.length ? spoken[n] : line.call) ?? dial;
    ways.push({ how: "call", number, href: `tel:${dial}` });
  });
  if (line.call && dials.length === 0) ways.push({ how: "call", number: line.call });
  if (line.text)
    ways.push({
      how: "text",
      number: line.text.replace(/^SMS /, ""),
      href: line.sms ? `sms:${line.sms}` : undefined,
    });
  if (line.chat) ways.push({ how: "chat", number: line.chat, href: `https://${line.chat}` });
  return ways;
}

/** What the cards of the check-in show of the directory: what can be called or texted with one tap. */
function forCards({ country }: Directory) {
  const card = ({ name, kind, ...line }: Line) => ({
    name,
    kind,
    ways: waysOf({ name, ...line }).filter(({ how, href }) => how !== "chat" && href),
  });
  return Object.fromEntries(
    Object.entries(country).map(([code, { name, dial, lines }]) => [
      code,
      { name, dial, lines: (lines ?? []).map(card) },
    ]),
  );
}

function lineOf(line: Line, say: Say): string {
  const ways = waysOf(line).map(({ how, number, href }) => {
    const words = safe(say(`help-${how}`, how === "chat" ? { address: number } : { number }));
    if (!href) return `<span>${words}</span>`;
    return `<a href="${safe(href)}"${how === "chat" ? ' rel="noreferrer"' : ""}>${words}</a>`;
  });
  // A date stands only where there is one; that the others have none is said once, at the foot of the page.
  const known = [
    /^[ABC] \(([^)]+)\)$/.exec(line.notes ?? "")?.[1],
    line.checked_on ? say("help-checked", { date: line.checked_on }) : "",
  ].filter((part): part is string => Boolean(part));
  const aside = known.length ? `<span class="small soft">${known.map(safe).join("; ")}</span>` : "";
  return `<li><b>${safe(line.name)}</b><span class="ways">${ways.join("")}</span>${aside}</li>`;
}
