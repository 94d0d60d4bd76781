import "./styles/tokens.css";
import "./styles/base.css";
import { mount } from "svelte";
import App from "./App.svelte";
import { startRouter } from "./router";

document.documentElement.dataset.build = __BUILD__;
startRouter();
// In a task of its own: a thumb that is early is heard in between.
setTimeout(() => mount(App, { target: document.getElementById("app") as HTMLElement }));
// What the worker brings to the phone is the whole app: it must not hold up what the first screen waits for.
const AFTER_THE_FIRST_SCREEN_MS = 1000;
if (import.meta.env.PROD)
  addEventListener("load", () =>
    setTimeout(
      // Without a signal the next page brings it.
      () =>
        void import("./state/service-worker").then((it) => it.startServiceWorker()).catch(() => undefined),
      AFTER_THE_FIRST_SCREEN_MS,
    ),
  );
