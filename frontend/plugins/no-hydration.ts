/**
 * Every page of this app is drawn by the browser from nothing: there is no markup of a server to take over. Svelte
 * keeps what only that needs behind one flag "so it can be treeshaken out", which this bundler does not see through by
 * itself (1.2 kB of every first visit). Here the flag is a constant. A Svelte that is built otherwise stops the build.
 */
import type { Plugin } from "vite";

const WHERE = /svelte[\\/]src[\\/]internal[\\/]client[\\/]dom[\\/]hydration\.js$/;
const FLAG = "export let hydrating = false;";
const SET = "hydrating = value;";

export function withoutHydration(code: string): string {
  if (!code.includes(FLAG) || !code.includes(SET))
    throw new Error("Svelte keeps its hydration flag elsewhere now: see plugins/no-hydration.ts");
  return code.replace(FLAG, "export const hydrating = false;").replace(SET, "");
}

export function noHydration(): Plugin {
  return {
    name: "fortnight-no-hydration",
    apply: "build",
    transform: (code, id) => (WHERE.test(id) ? { code: withoutHydration(code), map: null } : null),
  };
}
