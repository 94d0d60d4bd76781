/**
 * Writes help.html at build, from the dated directory of crisis lines and the catalogue: a page that needs no script,
 * no account and no network. The tiny script of the page only brings the chosen country to the top.
 */
import { readFileSync } from "node:fs";
import { FluentBundle, FluentResource } from "@fluent/bundle";
import { parse } from "smol-toml";
import type { Plugin } from "vite";

type Line = {
  name: string;
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
type Say = (key: string, args?: Record<string, string>) => string;

export function helpPage(files: { lines: string; words: string }): Plugin {
  return {
    name: "fortnight-help-page",
    // The same directory for the cards of the check-in: `import lines from "virtual:crisis-lines"`.
    resolveId: (id) => (id === "virtual:crisis-lines" ? `\0${id}` : undefined),
    load(id) {
      if (id !== "\0virtual:crisis-lines") return undefined;
      this.addWatchFile(files.lines);
      const directory = parse(readFileSync(files.lines, "utf-8")) as unknown as Directory;
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(directory.country))});`;
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
        return html
          .replace(/%(help-[a-z-]+)%/g, (_, key: string) => safe(say(key)))
          .replace("<!-- countries -->", countries(directory, say));
      },
    },
  };
}

function sayer(ftl: string): Say {
  const bundle = new FluentBundle("en", { useIsolating: false });
  bundle.addResource(new FluentResource(ftl));
  return (key, args) => {
    const value = bundle.getMessage(key)?.value;
    if (!value) throw new Error(`help.ftl has no ${key}`);
    return bundle.formatPattern(value, args);
  };
}

function safe(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
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

function lineOf(line: Line, say: Say): string {
  const ways: string[] = [];
  const spoken = (line.call ?? "").split(/\s*(?:\/|\bor\b)\s*/).filter(Boolean);
  const dials = line.dial ?? [];
  dials.forEach((dial, n) => {
    const number = (dials.length === spoken.length ? spoken[n] : line.call) ?? dial;
    ways.push(`<a href="tel:${safe(dial)}">${safe(say("help-call", { number }))}</a>`);
  });
  if (line.call && dials.length === 0)
    ways.push(`<span>${safe(say("help-call", { number: line.call }))}</span>`);
  if (line.text) {
    const text = safe(say("help-text", { number: line.text.replace(/^SMS /, "") }));
    ways.push(line.sms ? `<a href="sms:${safe(line.sms)}">${text}</a>` : `<span>${text}</span>`);
  }
  if (line.chat)
    ways.push(
      `<a href="https://${safe(line.chat)}" rel="noreferrer">${safe(say("help-chat", { address: line.chat }))}</a>`,
    );
  const aside = /^[ABC] \(([^)]+)\)$/.exec(line.notes ?? "")?.[1];
  const checked = line.checked_on ? say("help-checked", { date: line.checked_on }) : say("help-not-checked");
  return `<li><b>${safe(line.name)}</b><span class="ways">${ways.join("")}</span><span class="small soft">${[
    aside,
    checked,
  ]
    .filter((part): part is string => Boolean(part))
    .map(safe)
    .join("; ")}</span></li>`;
}
