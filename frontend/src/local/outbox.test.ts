import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Answers, CheckInRow, Experiment } from "../api/types";
import { noAnswers } from "../lib/answers";
import { close, database, writeMeta } from "./db";
import { askExperiments, keepExperiments } from "./experiments";
import { keepExperiment } from "./one-experiment";
import { keepDay, readDay, takeIn, unsent } from "./outbox";
import { bodyOf, choose, retry, settleSent, takeBack } from "./settle";
import { wipe } from "./sign-out";
import { sendAll } from "./send";
import { sync } from "./sync";

const ana = { account: "ana", experiment: "e1", day: "2026-03-10" };
const now = new Date("2026-03-10T21:10:00Z");
const day = (some: Partial<Answers>): Answers => ({ ...noAnswers(), ...some });
const stored = (some: Partial<Answers>, revision: number, more: Partial<CheckInRow> = {}): CheckInRow => ({
  experiment_id: "e1",
  day: ana.day,
  revision,
  cursor: revision,
  received_at: "2026-03-10T21:10:05Z",
  written_at: "2026-03-10T20:00:00Z",
  zone: "UTC",
  clock_skewed: false,
  late: false,
  unreadable: false,
  answers: day(some),
  ...more,
});

type Reply =
  { status: number; body?: unknown; page?: string; headers?: Record<string, string> } | "no-answer";
let calls: { method: string; path: string; body: unknown; account: string | null }[] = [];
let reply: (method: string, path: string, body: unknown) => Reply;

beforeEach(() => {
  close();
  globalThis.indexedDB = new IDBFactory();
  calls = [];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    const body: unknown = init.body ? JSON.parse(String(init.body)) : null;
    const account = new Headers(init.headers).get("fortnight-account");
    calls.push({ method: init.method ?? "GET", path, body, account });
    const answer = reply(init.method ?? "GET", path, body);
    if (answer === "no-answer") throw new TypeError("Failed to fetch");
    const json = answer.body === undefined ? null : JSON.stringify(answer.body);
    return new Response(answer.page ?? json, {
      status: answer.status,
      headers: answer.headers,
    });
  });
});

const keep = (some: Partial<Answers>, place = ana) => keepDay(place, day(some), "UTC", now);

describe("keeping", () => {
  it("writes the day and one entry, replaced in place", async () => {
    await keep({ mood: 6 });
    await keep({ mood: 6, dose: "taken" });
    expect(await unsent("ana")).toHaveLength(1);
    expect((await bodyOf(ana))?.body).toMatchObject({
      mood: 6,
      dose: "taken",
      base_revision: 0,
      zone: "UTC",
    });
  });

  it("shows and sends nothing of another account", async () => {
    await keep({ mood: 6 });
    await keep({ mood: 2 }, { ...ana, account: "sam" });
    expect(await unsent("ana")).toHaveLength(1);
    reply = () => ({ status: 200, body: stored({ mood: 6 }, 1) });
    await sync("ana", sendAll);
    expect(calls.map((call) => (call.body as Answers).mood)).toEqual([6]);
    expect(await unsent("sam")).toHaveLength(1);
  });

  it("says for whom it sends, and keeps everything where somebody else is signed in", async () => {
    await keep({ mood: 6 });
    const experiment = { id: "e1", status: "running" } as Experiment;
    await keepExperiment("ana", experiment);
    reply = () => ({ status: 401, body: { code: "other-account" } });
    expect((await sync("ana", sendAll, { pull: true })).state).toBe("sign-in");
    reply = () => ({ status: 200, body: stored({ mood: 6 }, 1) });
    expect(await unsent("ana")).toHaveLength(1);
    await sync("ana", sendAll, { pull: true });
    expect(calls.map((call) => call.account)).toEqual(["ana", "ana", "ana"]);
  });
});

describe("sending", () => {
  it("removes an entry only after 2xx, and remembers what the server has", async () => {
    await keep({ mood: 6 });
    reply = () => ({ status: 200, body: stored({ mood: 6 }, 1) });
    expect(await sync("ana", sendAll)).toEqual({ state: "done", retryAfter: null });
    expect(await unsent("ana")).toEqual([]);
    expect((await readDay(ana)).row).toMatchObject({ base_revision: 1, base: { mood: 6 } });
  });

  it("leaves a tap that came while it was on its way", async () => {
    await keep({ mood: 6 });
    const sent = await bodyOf(ana);
    await keep({ mood: 3 });
    await settleSent(ana, sent?.tap ?? "", stored({ mood: 6 }, 1));
    expect(await unsent("ana")).toHaveLength(1);
    expect((await bodyOf(ana))?.body).toMatchObject({ mood: 3, base_revision: 1 });
  });

  it.each([
    ["no answer", "no-answer" as const, "no-answer"],
    ["401", { status: 401, body: { code: "not-signed-in" } }, "sign-in"],
    ["429", { status: 429, headers: { "retry-after": "7" } }, "slow-down"],
    ["503", { status: 503 }, "slow-down"],
    ["500", { status: 500 }, "no-answer"],
    ["a proxy's page", { status: 502, page: "<html>" }, "no-answer"],
    ["a proxy's refusal", { status: 404, page: "<html>" }, "no-answer"],
    ["a proxy's conflict", { status: 409, page: "<html>" }, "no-answer"],
    ["a proxy that is busy", { status: 429, page: "<html>", headers: { "retry-after": "7" } }, "slow-down"],
    ["a network's sign-in page", { status: 200, page: "<html>" }, "no-answer"],
    ["a network that answers for us", { status: 200, body: {} }, "no-answer"],
    ["a network that says nothing", { status: 204 }, "no-answer"],
    ["the row of another day", { status: 200, body: stored({}, 1, { day: "2026-03-09" }) }, "no-answer"],
  ])("keeps the entry waiting on %s", async (_, answer: Reply, state) => {
    await keep({ mood: 6, note: "words" });
    reply = () => answer;
    expect((await sync("ana", sendAll)).state).toBe(state);
    expect((await unsent("ana")).map((entry) => entry.status)).toEqual(["waiting"]);
    expect((await bodyOf(ana))?.body.note).toBe("words");
  });

  it("keeps to Retry-After, also after a reload, and mistrusts an absurd one", async () => {
    await keep({ mood: 6 });
    reply = () => ({ status: 429, headers: { "retry-after": "30" } });
    await sync("ana", sendAll);
    expect(await sync("ana", sendAll)).toMatchObject({ state: "slow-down" });
    expect(calls).toHaveLength(1);
    await writeMeta("not-before", Date.now() + 40 * 86_400_000);
    reply = () => ({ status: 200, body: stored({ mood: 6 }, 1) });
    expect((await sync("ana", sendAll)).state).toBe("done");
  });

  it("is told by a proxy that it is too large, and when a busy one wants to be asked again", async () => {
    await keep({ note: "long" });
    reply = () => ({ status: 429, page: "<html>", headers: { "retry-after": "7" } });
    expect(await sync("ana", sendAll)).toEqual({ state: "slow-down", retryAfter: 7 });
    await writeMeta("not-before", 0);
    reply = () => ({ status: 413, page: "<html>too large</html>" });
    expect((await sync("ana", sendAll)).state).toBe("done");
    expect((await unsent("ana"))[0]).toMatchObject({
      status: "needs-you",
      reason: { status: 413, code: "status-413", detail: "" },
    });
  });

  it("keeps what a network in between says of who is signed in, or of other days, away from the phone", async () => {
    await keepExperiment("ana", { id: "e1", status: "running" } as Experiment);
    reply = () => ({ status: 200, body: {} });
    expect((await sync("ana", sendAll, { pull: true })).state).toBe("no-answer");
    await keep({ mood: 6 });
    reply = (method) =>
      method === "PUT" ? { status: 404, body: { code: "not-found" } } : { status: 200, body: {} };
    expect((await sync("ana", sendAll)).state).toBe("no-answer");
    expect((await unsent("ana")).map((entry) => entry.status)).toEqual(["waiting"]);
  });

  it.each([413, 422])("on %d the words stay, with the reason, and a change sends again", async (status) => {
    await keep({ note: "long" });
    reply = () => ({ status, body: { code: "day-in-future", detail: "Still to come." } });
    await sync("ana", sendAll);
    const [entry] = await unsent("ana");
    expect(entry).toMatchObject({ status: "needs-you", reason: { status, code: "day-in-future" } });
    expect((await readDay(ana)).row?.answers.note).toBe("long");
    await sync("ana", sendAll);
    expect(calls).toHaveLength(1);
    await keep({ note: "short" });
    expect((await unsent("ana"))[0]?.status).toBe("waiting");
  });

  it("can be tried again, or taken back to what the server has", async () => {
    await keepExperiment("ana", { id: "e1", status: "running" } as Experiment);
    await takeIn("ana", "e1", [stored({ mood: 5 }, 1)], 1);
    await keep({ mood: 9 });
    reply = () => ({ status: 422, body: { code: "day-after-end" } });
    await sync("ana", sendAll);
    await retry(ana);
    expect((await unsent("ana"))[0]?.status).toBe("waiting");
    await takeBack(ana);
    expect(await unsent("ana")).toEqual([]);
    expect((await readDay(ana)).row?.answers.mood).toBe(5);
  });

  it("does not decide about a 404 in somebody else's session", async () => {
    await keep({ mood: 6 });
    reply = (method) =>
      method === "PUT"
        ? { status: 404, body: { code: "not-found" } }
        : { status: 200, body: { account: { id: "sam", role: "client", sign_in: "sam-1" } } };
    expect((await sync("ana", sendAll)).state).toBe("sign-in");
    expect((await unsent("ana"))[0]?.status).toBe("waiting");
  });
});

describe("two devices", () => {
  const conflict = (row: CheckInRow): Reply => ({
    status: 409,
    body: { code: "check-in-conflict", base: null, stored: row, yours: day({}) },
  });

  it("merges answer by answer and sends the whole again", async () => {
    await keep({ mood: 6 });
    const theirs = stored({ dose: "taken" }, 1);
    reply = (_, __, body) =>
      (body as { base_revision: number }).base_revision === 0
        ? conflict(theirs)
        : { status: 200, body: stored({ mood: 6, dose: "taken" }, 2) };
    await sync("ana", sendAll);
    expect(calls[1]?.body).toMatchObject({ mood: 6, dose: "taken", base_revision: 1 });
    expect(await unsent("ana")).toEqual([]);
  });

  it("asks about two notes, shows both, and sends what was chosen", async () => {
    await keep({ note: "mine", mood: 6 });
    reply = () => conflict(stored({ note: "theirs" }, 1));
    await sync("ana", sendAll);
    const [entry] = await unsent("ana");
    expect(entry).toMatchObject({ status: "needs-you", theirs: { note: "theirs" } });
    await keep({ note: "mine", mood: 7 });
    expect((await unsent("ana"))[0]).toMatchObject({ status: "needs-you", theirs: { note: "theirs" } });
    await choose(ana, { note: "mine\n\ntheirs" }, now);
    expect((await bodyOf(ana))?.body).toMatchObject({ note: "mine\n\ntheirs", mood: 7, base_revision: 1 });
  });

  it("sends a day anew that the server no longer has, as after a backup was brought back", async () => {
    await keep({ mood: 6 });
    const sent = await bodyOf(ana);
    await settleSent(ana, sent!.tap, stored({ mood: 6 }, 3));
    await keep({ mood: 7, note: "mine" });
    reply = (_, __, body) =>
      (body as { base_revision: number }).base_revision === 0
        ? { status: 200, body: stored({ mood: 7, note: "mine" }, 1) }
        : { status: 409, body: { code: "check-in-conflict", base: null, stored: null, yours: day({}) } };
    expect((await sync("ana", sendAll)).state).toBe("done");
    expect(calls.at(-1)?.body).toMatchObject({ mood: 7, note: "mine", base_revision: 0 });
    expect(await unsent("ana")).toEqual([]);
  });

  it("keeps nothing that arrives after signing out", async () => {
    await keepExperiment("ana", { id: "e1", status: "running" } as Experiment);
    await wipe("ana");
    await takeIn("ana", "e1", [stored({ mood: 2 }, 1)], 1);
    expect(await (await database()).from("check_ins").getAll()).toEqual([]);
  });

  it("brings what others wrote, but leaves a day alone that waits here", async () => {
    await keepExperiment("ana", { id: "e1", status: "running" } as Experiment);
    await keep({ mood: 6 });
    const other = stored({ mood: 2 }, 1, { day: "2026-03-09", cursor: 4 });
    await takeIn("ana", "e1", [other, stored({ mood: 1 }, 1)], 5);
    expect((await readDay({ ...ana, day: "2026-03-09" })).row?.answers.mood).toBe(2);
    expect((await readDay(ana)).row?.answers.mood).toBe(6);
    expect((await (await database()).from("experiments").get(["ana", "e1"]))?.cursor).toBe(5);
  });
});

describe("experiments on the phone", () => {
  it("forgets what the server no longer has, except where an entry waits", async () => {
    await keepExperiment("ana", { id: "e1", status: "running" } as Experiment);
    await keepExperiment("ana", { id: "e2", status: "finished" } as Experiment);
    await keep({ mood: 6 });
    reply = () => ({ status: 200, body: [] });
    await keepExperiments("ana", (await askExperiments()) ?? []);
    const db = await database();
    expect((await db.from("experiments").getAll()).map((one) => one.id)).toEqual(["e1"]);
  });
});

describe("a day that does not open on the server", () => {
  const lived = { id: "e1", kind: "lived", status: "running" } as Experiment;

  it("is not taken for an empty one: what this phone has of it goes out again", async () => {
    await keepExperiment("ana", lived);
    await takeIn("ana", "e1", [stored({ mood: 6, note: "walked home" }, 2)], 2);
    await takeIn("ana", "e1", [stored({}, 2, { unreadable: true })], 2);
    expect((await readDay(ana)).row).toMatchObject({ answers: { mood: 6 }, unreadable: false });
    expect((await bodyOf(ana))?.body).toMatchObject({ mood: 6, note: "walked home", base_revision: 2 });
  });

  it("stays as it is here where another device wrote it last", async () => {
    await keepExperiment("ana", lived);
    await takeIn("ana", "e1", [stored({ mood: 6 }, 1)], 1);
    await takeIn("ana", "e1", [stored({}, 2, { unreadable: true })], 2);
    expect((await readDay(ana)).row).toMatchObject({ answers: { mood: 6 }, base_revision: 2 });
    expect(await unsent("ana")).toEqual([]);
  });

  it("is said to be so where nothing of it is here, until it is written again", async () => {
    await keepExperiment("ana", lived);
    await takeIn("ana", "e1", [stored({}, 1, { unreadable: true })], 1);
    expect((await readDay(ana)).row).toMatchObject({ unreadable: true, base_revision: 1 });
    expect(await unsent("ana")).toEqual([]);
    await keep({ mood: 4 });
    expect((await readDay(ana)).row?.unreadable).toBeUndefined();
    expect((await bodyOf(ana))?.body).toMatchObject({ mood: 4, base_revision: 1 });
  });

  it("is written over by what waits here", async () => {
    await keep({ mood: 6, dose: "taken" });
    const broken = stored({}, 3, { unreadable: true });
    reply = (_method, _path, body) =>
      (body as { base_revision: number }).base_revision === 3
        ? { status: 200, body: stored({ mood: 6, dose: "taken" }, 4) }
        : { status: 409, body: { code: "check-in-conflict", base: null, stored: broken, yours: body } };
    expect((await sync("ana", sendAll)).state).toBe("done");
    expect((await readDay(ana)).row).toMatchObject({ answers: { mood: 6, dose: "taken" }, base_revision: 4 });
    expect(await unsent("ana")).toEqual([]);
  });
});

describe("a reason without a dose not taken", () => {
  it("never goes out: by a race of two taps, or from a day kept by an older app", async () => {
    await keep({ dose: "taken", dose_reason: "forgot", mood: 6 });
    expect((await bodyOf(ana))?.body).toMatchObject({ dose: "taken", dose_reason: null, mood: 6 });
    await keep({ dose: "not_taken", dose_reason: "forgot", mood: 6 });
    expect((await bodyOf(ana))?.body).toMatchObject({ dose: "not_taken", dose_reason: "forgot" });
  });
});
