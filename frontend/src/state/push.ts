/**
 * Whether reminders arrive on this device, and setting that up. Looked at again at each start of the app: a browser may
 * lose a subscription, a server may get another key, and neither says so.
 */
import { del, get } from "../api/client";
import type { Push, PushDevice } from "../api/types";
import { pause } from "../lib/idle";
import { subscribed, tell } from "../lib/push";
import { endPush, markPush, pushFor } from "../local/push-here";
import { session } from "./session.svelte";

export type Here = {
  /** `unsupported`, `iphone`: not in this browser. `ask`: not set up here. `away`: no answer from the server. */
  state: "unsupported" | "iphone" | "no-key" | "denied" | "ask" | "on" | "away";
  sending: boolean;
  mine: PushDevice | null;
  others: PushDevice[];
  /** The server's sentence, where it would not take this device. */
  problem: string;
  /** The browser could not subscribe. */
  noService: boolean;
};

const WORKER_MS = 10_000;
const DEVICES = "/api/push-subscriptions";

function cannot(): "unsupported" | "iphone" | null {
  const { userAgent, maxTouchPoints } = navigator;
  const apple = /iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1);
  if (apple && !matchMedia("(display-mode: standalone)").matches) return "iphone";
  const all = "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis;
  return all ? null : "unsupported";
}

const worker = () =>
  Promise.race([navigator.serviceWorker.ready, pause(WORKER_MS).then(() => Promise.reject(new Error()))]);

let looking: Promise<Here> | null = null;

/** Looks how it stands and mends what can be mended without asking anybody. */
export function repair(): Promise<Here> {
  looking ??= look(false).finally(() => (looking = null));
  return looking;
}

/** Once more, where something has changed for which a look that is under way may be too early. */
export async function repairAnew(): Promise<Here> {
  await looking?.catch(() => undefined);
  return repair();
}

/** From a tap, and only from there: asks for the permission, and sets this device up. */
export async function allow(): Promise<Here> {
  const answer = await Notification.requestPermission();
  await looking;
  return look(answer === "granted");
}

/** Nothing arrives on this device any more. False where the server has not heard of it. */
export async function stop(mine: PushDevice): Promise<boolean> {
  await looking;
  await endPush().catch(() => undefined);
  return takeOff(mine);
}

export async function takeOff(device: PushDevice): Promise<boolean> {
  const answer = await del<null>(`${DEVICES}/${device.id}`);
  return answer.ok || answer.problem.status === 404;
}

export async function devices(): Promise<PushDevice[] | null> {
  const answer = await get<PushDevice[]>(DEVICES);
  return answer.ok && Array.isArray(answer.data) ? answer.data : null;
}

async function look(wanted: boolean): Promise<Here> {
  const here: Here = {
    state: "away",
    sending: false,
    mine: null,
    others: [],
    problem: "",
    noService: false,
  };
  const account = session.account?.id;
  const server = account ? await get<Push>("/api/push") : null;
  if (!account || !server?.ok) return here;
  const { key, sending } = server.data;
  const may = cannot() ?? (key === null ? "no-key" : "ask");
  Object.assign(here, { sending, state: may });
  if (may === "ask" && key !== null) Object.assign(here, await setUp(account, key, wanted));
  const all = (await devices()) ?? [];
  here.others = all.filter((one) => !one.this_one);
  const mine = all.find((one) => one.this_one) ?? null;
  if (here.state === "on") here.mine = mine ?? here.mine;
  // The permission was taken back: what is sent there is never seen.
  else if (mine && may === "ask" && here.state !== "away" && (await takeOff(mine))) markPush(null);
  return here;
}

/** Subscribes where somebody asked for it, here and now or before, and the browser allows it. */
async function setUp(account: string, key: string, wanted: boolean): Promise<Partial<Here>> {
  if (Notification.permission !== "granted")
    return { state: Notification.permission === "denied" ? "denied" : "ask" };
  try {
    const registration = await worker();
    const before = pushFor();
    if (before !== null && before !== account) await endPush(); // of somebody who never signed out
    const there = await registration.pushManager.getSubscription();
    if (!wanted && before !== account && !there) return {};
    const answer = await tell(await subscribed(registration, key), account);
    if (session.account?.id !== account) {
      await endPush(); // signed out meanwhile
      return {};
    }
    if (!answer.ok)
      return answer.problem.status === 0 ? { state: "away" } : { problem: answer.problem.detail };
    markPush(account);
    return { mine: answer.data, state: "on" };
  } catch {
    return { noService: true };
  }
}
