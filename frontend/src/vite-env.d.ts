/// <reference types="svelte" />
/// <reference types="vite/client" />

declare const __BUILD__: string;

declare module "virtual:crisis-lines" {
  export type Way = { how: "call" | "text"; href: string; number: string };
  export type Line = { name: string; kind?: "health"; ways: Way[] };
  export type Country = { name: string; dial: string[]; lines: Line[] };
  const countries: Record<string, Country>;
  export default countries;
}
