/** Sentences of the catalogue in pages that are written at build. */
import { FluentBundle, FluentResource } from "@fluent/bundle";

export type Say = (key: string, args?: Record<string, string>) => string;

export function sayer(ftl: string): Say {
  const bundle = new FluentBundle("en", { useIsolating: false });
  bundle.addResource(new FluentResource(ftl));
  return (key, args) => {
    const value = bundle.getMessage(key)?.value;
    if (!value) throw new Error(`the catalogue has no ${key}`);
    return bundle.formatPattern(value, args);
  };
}

export function safe(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** A page whose `%key%` are sentences. */
export const said = (html: string, say: Say): string =>
  html.replace(/%([a-z]+(?:-[a-z]+)+)%/g, (_, key: string) => safe(say(key)));
