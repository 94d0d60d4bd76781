/** What is loaded once somebody is signed in. One door, so that the bundler needs no namespaces of what is behind it. */
export { readMeta, writeMeta } from "../local/db";
export { run, startSender } from "./sender.svelte";
