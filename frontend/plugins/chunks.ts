/**
 * Which modules share a file. Few files, because each answer has a head of 1 kB; and nothing on the first screen that
 * only another one needs. What stands in no group goes with the screen that uses it, or into a file of its own where
 * several do. `npm run size` shows what the first screens cost.
 */
const SVELTE = /node_modules\/(clsx|svelte\/src)\//;
const INSIDE = "svelte/src/internal/client/dom";
/** The parts of Svelte's runtime that only some screens use. */
const FOR_LISTS = new RegExp(`${INSIDE}/blocks/each\\.js`);
const FOR_INPUTS = new RegExp(`${INSIDE}/elements/bindings/input\\.js`);
const FOR_FORMS = new RegExp(`${INSIDE}/elements/(bindings/(select|size)|actions)\\.js|shared/clone\\.js`);

const names = (...parts: string[]) => new RegExp(`/src/(${parts.join("|")})\\.`);
const FIELDS = names(
  "components/(account/PasswordField|Button|Field|Wrong)",
  "lib/problems",
  "state/(goodbye|typed-name)",
  "styles/fields",
);
const BASE = names(
  "main|App|router|api/client|lib/(day|words)|local/(here|safety-plan-here)",
  "state/(ahead|saved|session|update)",
  "components/(BottomBar|Fold|Top)",
  "styles/(base|fold|tokens)",
);
const SEND = names("local/(merge|send|settle)");
const SYNC = names("local/(outcome|safety-plan|sync)", "state/sender");
const KEPT = names(
  "local/(cards|db|drafts|experiments|idb|invited|items|outbox)",
  "state/(bar|changes|experiments|signed-in)",
  "lib/(answers|idle)",
);
/** The check-in whole, as it is most people's first screen; closed questions on other screens have it from there. */
const DAY = names(
  "screens/Today",
  "components/(check-in/(DayForm|More|Strip)|SleepStepper|Choice|Repeat|TwelveScale|DoseChoice|check-in/Aside)",
  "lib/(numbers|scales)",
  "state/(beforehand|clock|day|safety)",
  "local/items",
  "styles/answers",
);

/** The first that fits. */
const groups: [name: string, fits: (id: string) => boolean][] = [
  ["lists", (id) => FOR_LISTS.test(id)],
  // Signed in: what is on this phone.
  ["kept", (id) => KEPT.test(id)],
  // A form, as the sign-in is one.
  ["fields", (id) => FOR_INPUTS.test(id) || FIELDS.test(id) || /sign-in\.ftl/.test(id)],
  // What longer forms need besides.
  ["forms", (id) => FOR_FORMS.test(id) || /components\/SwitchRow\.|switch\.ftl/.test(id)],
  // Every screen.
  ["base", (id) => SVELTE.test(id) || BASE.test(id) || /common\.ftl|preload-helper/.test(id)],
  // When the first screen stands.
  ["sync", (id) => SYNC.test(id)],
  // With the first thing there is to send.
  ["send", (id) => SEND.test(id)],
  // The check-in.
  ["day", (id) => DAY.test(id) || /check-in\.ftl/.test(id)],
];

export const chunks = {
  includeDependenciesRecursively: false,
  groups: groups.map(([name]) => ({
    name,
    test: (id: string) => groups.find(([, fits]) => fits(id))?.[0] === name,
  })),
};
