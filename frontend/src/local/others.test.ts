import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it } from "vitest";
import { noAnswers } from "../lib/answers";
import { database } from "./db";
import { keepDay, readDay } from "./outbox";
import { tidyOthers, waitingForOthers } from "./others";

const stores = ["check_ins", "outbox", "experiments"] as const;
const ana = (day: string) => ({ account: "ana", experiment: "one", day });
const sam = (day: string) => ({ account: "sam", experiment: "two", day });

async function sent(place: ReturnType<typeof ana>) {
  await keepDay(place, { ...noAnswers(), note: "words" }, "UTC", new Date());
  const tx = (await database()).transaction(["outbox"], "readwrite");
  await tx.objectStore("outbox").delete([place.account, place.experiment, place.day]);
  await tx.done;
}

describe("what somebody else left here", () => {
  beforeEach(async () => {
    const tx = (await database()).transaction([...stores], "readwrite");
    for (const store of stores) await tx.objectStore(store).clear();
    await tx.done;
  });

  it("goes when the next person signs in, but for what is the only copy", async () => {
    await sent(ana("2026-11-01"));
    await keepDay(ana("2026-11-02"), { ...noAnswers(), mood: 3 }, "UTC", new Date());
    await sent(sam("2026-11-01"));
    const db = await database();
    const tx = db.transaction(["experiments"], "readwrite");
    await tx
      .objectStore("experiments")
      .put({ account: "ana", id: "one", experiment: {} as never, cursor: 3 });
    await tx
      .objectStore("experiments")
      .put({ account: "sam", id: "two", experiment: {} as never, cursor: 1 });
    await tx.done;

    await tidyOthers("sam");

    expect(await db.from("check_ins").getAllKeys()).toEqual([
      ["ana", "one", "2026-11-02"],
      ["sam", "two", "2026-11-01"],
    ]);
    expect(await db.from("experiments").getAllKeys()).toEqual([["sam", "two"]]);
    const kept = await readDay(ana("2026-11-02"));
    expect([kept.row?.answers.mood, kept.entry?.status]).toEqual([3, "waiting"]);
  });

  it("is counted, and nobody is told whose it is", async () => {
    expect(await waitingForOthers(undefined)).toBe(0);
    await keepDay(ana("2026-11-02"), noAnswers(), "UTC", new Date());
    await keepDay(ana("2026-11-03"), noAnswers(), "UTC", new Date());
    await keepDay(sam("2026-11-03"), noAnswers(), "UTC", new Date());
    expect(await waitingForOthers("sam")).toBe(2);
    expect(await waitingForOthers("ana")).toBe(1);
    expect(await waitingForOthers(undefined)).toBe(3);
  });
});
