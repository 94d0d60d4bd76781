/**
 * Which modules share a file. Few files, because each answer has a head of 1 kB; and nothing on the first screen that
 * only another one needs. What stands in no group goes with the screen that uses it, or into a file of its own where
 * several do. `npm run size` shows what the first screens cost.
 */
const SVELTE = /node_modules\/(clsx|svelte\/src)\//;
/** The parts of Svelte's runtime that only forms and drafts use. */
const FOR_FORMS =
  /svelte\/src\/internal\/(client\/dom\/elements\/(bindings\/(select|input|size)|actions)|shared\/clone)/;

const names = (...parts: string[]) => new RegExp(`/src/(${parts.join("|")})\\.`);
const FORMS = names("components/(account/PasswordField|Button|Chips|Field|SwitchRow|Wrong)", "lib/problems");
const BASE = names(
  "App|router|api/client|lib/(day|words)|local/plan",
  "state/(saved|service-worker|session|update)",
  "components/(BottomBar|Fold|Top|UpdateNotice)",
);
const SEND = names("local/(merge|send|settle)");
const KEPT = names(
  "local/(db|drafts|experiments|items|outbox|outcome|sync)",
  "state/(experiments|sender)",
  "lib/answers",
);
const ASKING = names("components/(Choice|TwelveScale|DoseChoice|check-in/Aside)", "lib/(numbers|scales)");

/** The first that fits. */
const groups: [name: string, fits: (id: string) => boolean][] = [
  ["forms", (id) => FOR_FORMS.test(id) || FORMS.test(id)],
  // Every screen.
  ["base", (id) => SVELTE.test(id) || BASE.test(id) || /common\.ftl|preload-helper/.test(id)],
  // With the first thing there is to send.
  ["send", (id) => SEND.test(id)],
  // Signed in: what is on this phone, and bringing what is not.
  ["kept", (id) => /node_modules\/idb\//.test(id) || KEPT.test(id)],
  // Closed questions.
  ["asking", (id) => ASKING.test(id) || /check-in\.ftl/.test(id)],
];

export const chunks = {
  includeDependenciesRecursively: false,
  groups: groups.map(([name]) => ({
    name,
    test: (id: string) => groups.find(([, fits]) => fits(id))?.[0] === name,
  })),
};
