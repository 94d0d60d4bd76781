import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { FluentBundle, FluentResource } from "@fluent/bundle";
import { describe, expect, it } from "vitest";
import { readWords } from "../../plugins/words";
import { type Catalogue, addWords, t } from "./words";

const folder = fileURLToPath(new URL("../../../app/data/locales/en", import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith(".ftl"));
const texts = files.map((name) => [name, readFileSync(`${folder}/${name}`, "utf-8")] as const);

const fluent = new FluentBundle("en", { useIsolating: false });
for (const [name, text] of texts) {
  fluent.addResource(new FluentResource(text), { allowOverrides: true });
  addWords(readWords(text, name) as Catalogue);
}

describe("the words", () => {
  it.each(texts)("of %s are said as Fluent says them", (name, text) => {
    const variables = [...new Set([...text.matchAll(/\$([\w-]+)/g)].map(([, variable]) => variable ?? ""))];
    for (const key of Object.keys(readWords(text, name))) {
      const pattern = fluent.getMessage(key)?.value ?? "";
      // NUMBER() of a word is an error in Fluent and the word itself here: no sentence does that.
      const counts = JSON.stringify(readWords(text, name)[key]).includes("NUMBER");
      for (const value of [0, 1, 2, 1234.5, ...(counts ? [] : ["one", "a word"])]) {
        const args = Object.fromEntries(variables.map((variable) => [variable, value]));
        expect(t(key, args), `${key} with ${value}`).toBe(fluent.formatPattern(pattern, args, []));
      }
    }
  });

  it("stop the build where Fluent cannot read them", () => {
    expect(() => readWords("a = fine\nb = { $x ->\n", "x.ftl")).toThrow("x.ftl: Fluent cannot read b");
  });

  it("show the key where there is no sentence", () => {
    expect(t("no-such-key")).toBe("no-such-key");
  });
});
