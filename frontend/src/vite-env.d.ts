/// <reference types="svelte" />
/// <reference types="vite/client" />

declare const __BUILD__: string;

declare module "virtual:crisis-lines" {
  export type Line = {
    name: string;
    call?: string;
    dial?: string[];
    text?: string;
    sms?: string;
    checked_on: string;
  };
  export type Country = { name: string; emergency: string; dial: string[]; lines?: Line[] };
  const countries: Record<string, Country>;
  export default countries;
}
