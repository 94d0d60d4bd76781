/** Writes s.html at build: the page that a link leads to, the same for everybody, with nothing of anybody on it. */
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";
import { said, sayer } from "./say.ts";

export function linkPage(words: string): Plugin {
  return {
    name: "fortnight-link-page",
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        if (request.url === "/s") request.url = "/s.html";
        next();
      });
    },
    transformIndexHtml: {
      order: "pre",
      handler: (html, context) =>
        context.path.endsWith("/s.html") ? said(html, sayer(readFileSync(words, "utf-8"))) : html,
    },
  };
}
