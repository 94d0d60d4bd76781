/** The screens that no visit begins with: their table would be half a kilobyte before the first screen. */
import type { Component } from "svelte";

export const more = import.meta.glob<{ default: Component<Record<string, string | undefined>> }>([
  "./screens/*.svelte",
  "!./screens/{Today,SignIn,Join,Result}.svelte",
]);

/** What a client wrote beside their days, for the page of the result: not what that page waits for. */
export const onResult = () => import("./components/reflections/OnResult.svelte");
