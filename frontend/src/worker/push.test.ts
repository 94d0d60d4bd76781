import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { writeMeta } from "../local/db";
import { type Page, type Scope, arrived, read, tapped } from "./push";

const REMINDER = { id: "r1", day: "2026-03-10", later: "In an hour", not_today: "Not today" };
const MESSAGE = {
  web_push: 8030,
  notification: { title: "Hello", tag: "t1", navigate: "https://example.org/" },
  device: "d1",
  reminder: REMINDER,
};

type Shown = [title: string, options: Record<string, unknown>];
let shown: Shown[];
let opened: string[];
let asked: { path: string; body: unknown; headers: Record<string, string> }[];
let status: number;

function scope(...pages: Page[]): Scope {
  const registration = {
    showNotification: async (...one: Shown) => void shown.push(one),
  } as unknown as ServiceWorkerRegistration;
  return {
    registration,
    clients: {
      matchAll: async () => pages,
      openWindow: async (url) => void opened.push(url),
    },
  };
}

function page(at: string, answers = true): Page & { told: unknown[]; went: string[] } {
  const told: unknown[] = [];
  const went: string[] = [];
  return {
    told,
    went,
    url: `https://example.org${at}`,
    focus: async () => undefined,
    navigate: async (url) => void went.push(url),
    postMessage(message, [port]) {
      told.push(message);
      if (answers) port?.postMessage(true);
    },
  };
}

const notification = (data: unknown) => ({ data, close: vi.fn() });
const carried = { device: "d1", reminder: REMINDER };

beforeEach(async () => {
  [shown, opened, asked, status] = [[], [], [], 204];
  await writeMeta("account", { id: "ana", role: "client", sign_in: "ana-1" });
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    asked.push({
      path,
      body: JSON.parse(String(init.body)),
      headers: init.headers as Record<string, string>,
    });
    if (status === 0) throw new TypeError("no signal");
    return new Response(null, { status });
  });
});
afterEach(() => vi.unstubAllGlobals());

describe("a push", () => {
  it("is shown with the words and the tag that came, and nothing else to read", async () => {
    await arrived(scope(), JSON.stringify(MESSAGE));
    const [[title, options]] = shown as [Shown];
    expect(title).toBe("Hello");
    expect(options).toMatchObject({ tag: "t1", data: carried, renotify: false });
    expect(options).not.toHaveProperty("body");
    expect(options).not.toHaveProperty("image");
    expect(options.actions).toEqual([
      { action: "later", title: "In an hour" },
      { action: "not_today", title: "Not today" },
    ]);
  });

  it("tells the server that it was shown, for whoever is signed in here", async () => {
    await arrived(scope(), JSON.stringify(MESSAGE));
    expect(asked).toEqual([
      {
        path: "/api/push-subscriptions/d1/shown",
        body: {},
        headers: expect.objectContaining({ "fortnight-account": "ana" }),
      },
    ]);
    status = 0;
    await expect(arrived(scope(), JSON.stringify(MESSAGE))).resolves.toBeUndefined();
  });

  it("without buttons is one that was asked for by hand: the second is noticed too", async () => {
    const { reminder: _none, ...one } = MESSAGE;
    await arrived(scope(), JSON.stringify(one));
    expect(shown[0]?.[1]).toMatchObject({ renotify: true });
    expect(shown[0]?.[1]).not.toHaveProperty("actions");
  });

  it("may have a title with nothing to read in it", () => {
    expect(read(JSON.stringify({ notification: { title: "\u00a0", tag: "t" } })).title).toBe("\u00a0");
  });

  it.each([undefined, "", "{", "null", "[]", '"text"', "7", '{"notification": 7, "reminder": "x"}'])(
    "that cannot be read (%s) is shown all the same",
    async (text) => {
      await arrived(scope(), text);
      expect(shown).toEqual([
        [
          "A quiet minute",
          expect.objectContaining({ tag: "fortnight", data: { device: null, reminder: null } }),
        ],
      ]);
      expect(asked).toEqual([]);
    },
  );
});

describe("a tap on it", () => {
  it("opens the check-in", async () => {
    const one = notification(carried);
    await tapped(scope(), one, "");
    expect(one.close).toHaveBeenCalled();
    expect(opened).toEqual(["/"]);
  });

  it("brings an open window there, which goes by itself", async () => {
    const there = page("/settings");
    await tapped(scope(there), notification(carried), "");
    expect([there.told, there.went, opened]).toEqual([[{ go: "/" }], [], []]);
  });

  it("prefers a window that is there already", async () => {
    const [other, there] = [page("/settings"), page("/")];
    await tapped(scope(other, there), notification(carried), "");
    expect([other.told, there.told, opened]).toEqual([[], [], []]);
  });

  it("moves a window that does not answer", async () => {
    const help = page("/help", false);
    await tapped(scope(help), notification(carried), "");
    expect(help.went).toEqual(["/"]);
  });

  it.each([
    ["later", "/api/reminders/r1/later"],
    ["not_today", "/api/reminders/r1/not-today"],
  ])("on its button %s asks for that, and opens nothing", async (action, path) => {
    await tapped(scope(), notification(carried), action);
    expect(asked.map((one) => [one.path, one.body])).toEqual([[path, { day: "2026-03-10" }]]);
    expect(opened).toEqual([]);
  });

  it.each([0, 401, 403])("on a button that comes to nothing (%i) opens the reminders", async (answer) => {
    status = answer;
    await tapped(scope(), notification(carried), "not_today");
    expect(opened).toEqual(["/reminders"]);
  });

  it("on a button of one that carries nothing opens the check-in", async () => {
    await tapped(scope(), notification(null), "later");
    expect([asked, opened]).toEqual([[], ["/"]]);
  });
});
