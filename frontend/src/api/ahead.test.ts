import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { match } from "../router";
import { asksFor } from "../state/ahead";
import { askAhead, get, post, speakFor } from "./client";

const PATH = "/api/experiments";
let asked: (string | null)[] = [];
/** Who is signed in, by the cookie; null for nobody. */
let cookie: string | null;

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  vi.stubGlobal("fetch", async (_path: string, init: RequestInit) => {
    const account = new Headers(init.headers).get("fortnight-account");
    asked.push(account);
    if (cookie === null || (account !== null && account !== cookie))
      return new Response("{}", { status: 401 });
    return new Response(JSON.stringify([`of ${cookie}`]), { headers: { "fortnight-account": cookie } });
  });
});

afterEach(() => {
  vi.runAllTimers();
  vi.useRealTimers();
});

describe("what is asked before it is known who is here", () => {
  it("is taken once by the account that it is for", async () => {
    cookie = "ana";
    askAhead([PATH]);
    speakFor(() => "ana");
    expect(await get(PATH)).toMatchObject({ ok: true, data: ["of ana"] });
    expect(asked).toEqual([null]);
    await get(PATH);
    expect(asked).toEqual([null, "ana"]);
  });

  it("is thrown away for anybody else, who asks for their own", async () => {
    cookie = "sam";
    askAhead([PATH]);
    speakFor(() => "ana");
    expect(await get(PATH)).toMatchObject({ ok: false, problem: { status: 401 } });
    cookie = "ana";
    expect(await get(PATH)).toMatchObject({ ok: true, data: ["of ana"] });
    expect(asked).toEqual([null, "ana", "ana"]);
  });

  it("is thrown away where the server did not say whose it is, and where nobody is known", async () => {
    cookie = null;
    askAhead([PATH]);
    speakFor(() => undefined);
    expect(await get(PATH)).toMatchObject({ ok: false });
    expect(asked).toHaveLength(2);
  });

  it("tells who it is, or that it is nobody", async () => {
    cookie = "ana";
    askAhead(["/api/session"]);
    expect(await get("/api/session", { account: null })).toMatchObject({ ok: true });
    expect(asked).toHaveLength(1);
  });

  it("is from before, once anything was changed, and when time has gone by", async () => {
    cookie = "ana";
    speakFor(() => "ana");
    askAhead([PATH]);
    await post("/api/session");
    await get(PATH);
    expect(asked).toEqual([null, "ana", "ana"]);
    askAhead([PATH]);
    vi.advanceTimersByTime(60_000);
    await get(PATH);
    expect(asked).toEqual([null, "ana", "ana", null, "ana"]);
  });
});

it("names for each first screen what it asks for, and nothing for the others", () => {
  expect(asksFor(match("/"), 360)).toEqual(["/api/experiments"]);
  expect(asksFor(match("/sign-in"), 360)).toEqual([]);
  expect(asksFor(match("/nowhere"), 360)).toEqual([]);
  expect(asksFor(match("/result/a%2Fb"), 360)).toContain(
    "/api/experiments/a%2Fb/figures?width=328&definition=false",
  );
});
