/**
 * The little that help does with a script: the chosen country first, the own plan of whoever is signed in on this phone,
 * and the way back. Everything else is in the page itself.
 */
import { withNumbers } from "../lib/phones";
import { countryHere } from "../lib/region";

const $ = <E extends HTMLElement>(id: string) => document.getElementById(id) as E | null;

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function link(text: string, href: string): HTMLElement {
  const made = document.createElement("a");
  made.href = href;
  made.textContent = text;
  return made;
}

let place: { section: HTMLElement; before: Element | null } | null = null;

/** Brings a country's section to the top, and the one that was there back to its place in the list. */
function bring(code: string): void {
  const chosen = $("chosen");
  const sections = $("sections");
  if (!chosen || !sections) return;
  if (place) sections.insertBefore(place.section, place.before);
  place = null;
  const section = code ? document.getElementById(code) : null;
  if (section?.classList.contains("country")) {
    place = { section, before: section.nextElementSibling };
    chosen.append(section);
  }
}

const select = $<HTMLSelectElement>("country");
if (select) {
  const { code, guessed } = countryHere(read("fortnight-country"));
  select.value = code;
  if (select.value !== code) select.value = "";
  bring(select.value);
  $("choose")?.removeAttribute("hidden");
  $("guessed")?.toggleAttribute("hidden", !guessed || select.value === "");
  // The long list is the way to a country without a script.
  $("all")?.setAttribute("hidden", "");
  select.addEventListener("change", () => {
    bring(select.value);
    $("guessed")?.setAttribute("hidden", "");
    try {
      localStorage.setItem("fortnight-country", select.value);
    } catch {
      // It is chosen anew next time.
    }
  });
}

try {
  const plan = JSON.parse(read("fortnight-plan") ?? "null") as Record<string, string | null> | null;
  for (const slot of document.querySelectorAll<HTMLElement>("[data-plan]")) {
    const words = plan?.[slot.dataset.plan ?? ""];
    if (!words) continue;
    slot.append(...withNumbers(words).map(({ text, href }) => (href ? link(text, href) : text)));
    slot.parentElement?.removeAttribute("hidden");
    $("plan")?.removeAttribute("hidden");
  }
} catch {
  // A plan that cannot be read leaves the page as it is.
}

// Where the app was left, said by the app itself: the way back works however this page was opened.
try {
  const from = sessionStorage.getItem("fortnight-at");
  if (from?.startsWith("/") && !from.startsWith("//")) $("back")?.setAttribute("href", from);
} catch {
  // The link leads to today.
}
