import "./styles/tokens.css";
import "./styles/base.css";
import { mount } from "svelte";
import App from "./App.svelte";
import { startRouter } from "./router";
import { startServiceWorker } from "./state/service-worker";

document.documentElement.dataset.build = __BUILD__;
startRouter();
mount(App, { target: document.getElementById("app") as HTMLElement });
if (import.meta.env.PROD) void startServiceWorker();
