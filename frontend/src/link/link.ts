/**
 * The two pages of a link. `/s#TOKEN`, the same file for everybody: takes the secret out of the address at once, and
 * sends it when somebody taps "Open", never by itself: scanners of mail open pages too. `/s/page/…`, written by the
 * server: asks now and then whether it is still open, and else shows what the server says instead.
 */
import "./link.css";

const LOOK_MS = 5000;
const REFUSALS = new Set(["link-needs-code", "link-wrong-code"]);
/** Also where a message has put a full stop behind it. */
const SECRET = /[\w-]{43}/;
type Problem = { code?: string; detail?: string };

const at = <E extends HTMLElement>(id: string) => document.getElementById(id) as E;
const show = (id: string, shown = true) => (at(id).hidden = !shown);

function landed(form: HTMLFormElement): void {
  show("no-script", false);
  let secret = "";
  const take = () => {
    const found = SECRET.exec(location.hash)?.[0];
    if (!found) return;
    secret = found;
    history.replaceState(null, "", location.pathname);
    show("open");
    show("no-secret", false);
    show("closed", false);
  };
  take();
  if (!secret) show("no-secret");
  addEventListener("hashchange", take);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void open(form, secret);
  });
}

async function open(form: HTMLFormElement, secret: string): Promise<void> {
  const button = form.querySelector("button")!;
  const word = button.querySelector("span")!;
  if (button.getAttribute("aria-disabled")) return;
  const said = word.textContent;
  button.setAttribute("aria-disabled", "true");
  word.textContent = button.dataset.busy ?? said;
  show("away", false);
  show("wrong", false);
  const code = at<HTMLInputElement>("code").value.trim();
  const answer = await fetch("/api/links/open", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(code ? { token: secret, code } : { token: secret }),
    cache: "no-store",
  }).catch(() => null);
  if (answer?.ok) {
    location.replace(((await answer.json()) as { page: string }).page);
    return;
  }
  button.removeAttribute("aria-disabled");
  word.textContent = said;
  const told = answer ? ((await answer.json().catch(() => ({}))) as Problem) : {};
  if (answer?.status === 404) {
    show("open", false);
    show("closed");
    at("closed").focus();
  } else if (REFUSALS.has(told.code ?? "")) {
    const asked = !at("code-asked").hidden;
    show("code-asked");
    wrong(asked ? told.detail : "");
    at("code").focus();
  } else if (told.detail) wrong(told.detail);
  else show("away");
}

function wrong(said = ""): void {
  at("wrong").textContent = said;
  show("wrong", said !== "");
  at("code").setAttribute("aria-invalid", String(said !== ""));
}

function reading(main: HTMLElement): void {
  const closes = new Date(main.dataset.closes ?? "");
  const told = at("open-for");
  const time = closes.toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });
  told.textContent = (told.dataset.until ?? "").replace("%time%", time);
  show("print");
  at("print").addEventListener("click", () => print());
  const look = async () => {
    if (document.visibilityState !== "visible") return;
    const answer = await fetch(location.pathname, { method: "HEAD", cache: "no-store" }).catch(() => null);
    if (answer?.status === 404) location.reload();
  };
  setInterval(() => void look(), LOOK_MS);
  addEventListener("pageshow", () => void look());
  document.addEventListener("visibilitychange", () => void look());
}

const page = document.querySelector<HTMLElement>("[data-closes]");
if (page) reading(page);
const form = document.querySelector<HTMLFormElement>("#open");
if (form) landed(form);
