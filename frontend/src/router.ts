/** Paths to screens, with the browser's own history: no hash, so that `/join#TOKEN` keeps its secret in the fragment. */

/** What an address can carry for its screen; `App.svelte` hands each on by name. */
export type Params = { id?: string; day?: string };
export type Route = { screen: string; params: Params; open: boolean };

/** One line per screen: the path, the file in `screens/`, and whether it can be seen signed out. */
const routes: [path: string, screen: string, open?: "open"][] = [
  ["/", "Today"],
  ["/days", "Days"],
  ["/day/:day", "Today"],
  ["/sign-in", "SignIn", "open"],
  ["/join", "Join", "open"],
  ["/recover", "Recover", "open"],
  ["/new", "NewExperiment"],
  ["/new/:id", "NewExperiment"],
  ["/experiments", "Experiments"],
  ["/experiment/:id", "Experiment"],
  ["/experiment/:id/balance", "Balance"],
  ["/experiment/:id/rulers", "Rulers"],
  ["/experiment/:id/words", "OwnWords"],
  ["/result/:id", "Result"],
  ["/brief/:id", "Brief"],
  ["/diary", "Diary"],
  ["/reminders", "Reminders"],
  ["/settings", "Settings"],
  ["/plan", "SafetyPlan"],
  ["/sharing", "Sharing"],
  ["/sharing/:id/session", "SessionPages"],
  ["/share", "Share"],
  ["/share/:id", "Share"],
  ["/invite", "Invite"],
  ["/support", "Support"],
  ["/shared", "SharedWithMe"],
  ["/shared/:id", "SharedByOne"],
  ["/clients", "Clients"],
  ["/client/:id", "Client"],
  ["/client/:id/review", "ClientReview"],
  ["/review/:id", "Review"],
  ["/client/:id/notes", "SessionNotes"],
  ["/client/:id/supervision", "Supervision"],
  ["/menu", "Menu"],
];

export function match(pathname: string): Route | null {
  const parts = pathname.replace(/\/+$/, "").split("/");
  for (const [path, screen, open] of routes) {
    const wanted = path.replace(/\/+$/, "").split("/");
    if (wanted.length !== parts.length) continue;
    const params: Params = {};
    const fits = wanted.every((part, i) => {
      const given = parts[i] ?? "";
      if (!part.startsWith(":")) return part === given;
      try {
        params[part.slice(1) as keyof Params] = decodeURIComponent(given);
      } catch {
        return false;
      }
      return given !== "";
    });
    if (fits) return { screen, params, open: open === "open" };
  }
  return null;
}

type Listener = () => void;
const listeners = new Set<Listener>();

/** Calls back whenever the address changes. Returns the way to stop. */
export function onMove(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Goes to an address inside the app. */
export function go(to: string, how: "push" | "replace" = "push"): void {
  if (how === "push") history.pushState(null, "", to);
  else history.replaceState(null, "", to);
  for (const listener of listeners) listener();
}

/** Lets plain links move inside the app, and leaves everything else to the browser. */
export function startRouter(): void {
  addEventListener("popstate", () => {
    for (const listener of listeners) listener();
  });
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest("a");
    if (!link || link.target || link.hasAttribute("download")) return;
    const url = new URL(link.href, location.href);
    if (url.origin !== location.origin || !match(url.pathname)) return;
    if (url.pathname === location.pathname && url.search === location.search && url.hash) return;
    event.preventDefault();
    go(url.pathname + url.search + url.hash);
  });
}
