import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { readTakenAlong } from "./taken-along";

const EXPORT = {
  format: "fortnight",
  version: 1,
  made_at: "2026-11-30T21:00:00+00:00",
  experiment: {
    question: "Am I foggier?",
    medicine: "sertraline",
    medicine_label: "the white one",
    started_at: "2026-11-01T08:00:00Z",
    start_on: "2026-11-01",
    kind: "lived",
  },
  check_ins: [{ day: "2026-11-01", revision: 1 }, { day: "2026-11-01", revision: 2 }, { day: "2026-11-03" }],
  report: { result: "cannot_tell" },
  briefs: [],
};
const file = (content: BlobPart, name = "x") => new File([content], name);
const zip = (files: Record<string, string>) =>
  file(
    zipSync(
      Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])),
    ) as BlobPart,
  );

describe("a fortnight that was taken along", () => {
  it("says what it is, and leaves out what is worked out anew", async () => {
    const found = await readTakenAlong(file(JSON.stringify(EXPORT, null, 1)));
    expect(found).toMatchObject({
      question: "Am I foggier?",
      medicine: "the white one",
      madeOn: "2026-11-30",
      startOn: "2026-11-01",
      written: 2,
    });
    const sent = JSON.parse(found!.text);
    expect(Object.keys(sent)).toEqual(["format", "version", "made_at", "experiment", "check_ins"]);
    expect(sent.check_ins).toEqual(EXPORT.check_ins);
  });

  it("is found in its archive", async () => {
    const found = await readTakenAlong(
      zip({ "README.txt": "hello", "fortnight.json": JSON.stringify(EXPORT) }),
    );
    expect(found?.question).toBe("Am I foggier?");
  });

  it.each([
    ["nothing", file("")],
    ["another file", file("day,mood\n1,2")],
    ["another JSON", file("{}")],
    ["a list", file("[]")],
    ["null", file("null")],
    ["no words", file(new Uint8Array([0xff, 0xfe, 0xfa]))],
    ["another archive", zip({ "photo.txt": "x" })],
    ["half an archive", file(new Uint8Array([0x50, 0x4b, 3, 4, 9, 9]))],
  ])("is none: %s", async (_, given) => {
    expect(await readTakenAlong(given)).toBeNull();
  });

  it("asks for no words of a draft", async () => {
    const found = await readTakenAlong(
      file(JSON.stringify({ ...EXPORT, experiment: { question: "?" }, check_ins: [] })),
    );
    expect(found).toMatchObject({ startOn: null, written: 0, medicine: "" });
  });
});
