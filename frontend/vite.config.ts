import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { VitePWA } from "vite-plugin-pwa";
import { defineConfig } from "vitest/config";
import { ahead } from "./plugins/ahead.ts";
import { brotli } from "./plugins/brotli.ts";
import { chunks } from "./plugins/chunks.ts";
import { helpPage } from "./plugins/help-page.ts";
import { linkPage } from "./plugins/link-page.ts";
import { noHydration } from "./plugins/no-hydration.ts";
import { squeeze } from "./plugins/squeeze.ts";
import { words } from "./plugins/words.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const server = process.env.FORTNIGHT_DEV_SERVER ?? "http://localhost:8000";

export default defineConfig({
  plugins: [
    words(),
    noHydration(),
    svelte(),
    ahead(),
    squeeze(),
    brotli(),
    helpPage({
      lines: here("../app/data/crisis_lines.toml"),
      words: here("../app/data/locales/en/help.ftl"),
    }),
    linkPage(here("../app/data/locales/en/link.ftl")),
    VitePWA({
      strategies: "injectManifest",
      srcDir: "src",
      filename: "sw.ts",
      registerType: "prompt",
      injectRegister: false,
      injectManifest: {
        globPatterns: ["**/*.{html,js,css,woff2,webmanifest,svg,png}"],
        // Plotly is large and only for the touch of a chart: the browser's own cache holds it.
        // Whoever has a link reads with a signal, or not at all.
        globIgnores: ["**/plotly*", "s.html", "assets/s-*"],
        maximumFileSizeToCacheInBytes: 600_000,
        buildPlugins: { vite: [words()] },
      },
      manifest: {
        id: "/",
        name: "Fortnight",
        short_name: "Fortnight",
        lang: "en",
        start_url: "/",
        scope: "/",
        display: "standalone",
        background_color: "#f9f4ea",
        theme_color: "#f9f4ea",
        icons: [
          { src: "/icon-192.png", sizes: "192x192", type: "image/png", purpose: "any" },
          { src: "/icon-512.png", sizes: "512x512", type: "image/png", purpose: "any" },
          { src: "/icon-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
        ],
      },
    }),
  ],
  // Which build this is, for the eyes of an operator (and of the test that updates from one build to the next).
  define: { __BUILD__: JSON.stringify(process.env.FORTNIGHT_BUILD ?? "0.1.0") },
  resolve: { alias: { "@words": here("../app/data/locales/en") } },
  build: {
    target: "es2022",
    outDir: process.env.FORTNIGHT_DIST ?? "dist",
    emptyOutDir: true,
    modulePreload: {
      polyfill: false,
      // The server names the files of a first screen (plugins/ahead.ts), the others come from the phone itself: a list of
      // what each needs would be a kilobyte on every first visit. Only styles, which the app has to wait for.
      resolveDependencies: (_file, needs) => needs.filter((need) => need.endsWith(".css")),
    },
    rollupOptions: {
      input: { index: here("index.html"), help: here("help.html"), s: here("s.html") },
      // Svelte's runtime does nothing by being imported: then a part that one screen needs travels with that screen.
      treeshake: {
        moduleSideEffects: [{ test: /svelte\/src\/internal\/(client|shared)\//, sideEffects: false }],
      },
      output: {
        codeSplitting: chunks,
        // Names are the part of a list that does not compress: six signs are plenty for a hundred files.
        entryFileNames: "assets/[name]-[hash:7].js",
        chunkFileNames: "assets/[name]-[hash:7].js",
        assetFileNames: "assets/[name]-[hash:7][extname]",
      },
      // Else what two screens share is moved into one of them, which then carries a list of names for the other.
      experimental: { chunkOptimization: { mergeCommonChunks: true, avoidRedundantChunkLoads: false } },
    },
    assetsInlineLimit: 0, // the content policy allows no data: script or font
  },
  server: {
    fs: { allow: [here("."), here("../app/data")] },
    proxy: { "/api": server, "/health": server },
  },
  test: { environment: "node", include: ["src/**/*.test.ts", "plugins/**/*.test.ts"] },
});
