/** A subscription to push, for the page and for the service worker: made, compared, told to the server. */
import { type Answer, call } from "../api/client";
import type { PushDevice, PushDevicePut } from "../api/types";
import { phoneZone } from "./day";

/** The bytes of base64 in the alphabet of addresses, which is how keys are written here. */
export function bytesOf(key: string): Uint8Array<ArrayBuffer> {
  const plain = atob(key.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

/** Whether a subscription was made for this key of the server: a push signed with another one is refused. */
export function isFor(subscription: PushSubscription, key: string): boolean {
  const given = subscription.options?.applicationServerKey;
  if (!given) return false;
  const [has, wants] = [new Uint8Array(given), bytesOf(key)];
  return has.length === wants.length && has.every((byte, n) => byte === wants[n]);
}

/** The subscription that is there, or a new one where there is none or it is for another key. */
export async function subscribed(
  registration: ServiceWorkerRegistration,
  key: string,
): Promise<PushSubscription> {
  const push = registration.pushManager;
  const there = await push.getSubscription();
  if (there && isFor(there, key)) return there;
  await there?.unsubscribe();
  return push.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(key) });
}

function said(subscription: PushSubscription): PushDevicePut {
  const { endpoint, keys } = subscription.toJSON();
  return {
    endpoint: endpoint ?? "",
    p256dh: keys?.p256dh ?? "",
    auth: keys?.auth ?? "",
    zone: phoneZone(),
  };
}

/** Tells the server how this device is reached, and in which zone it is. */
export const tell = (subscription: PushSubscription, account: string): Promise<Answer<PushDevice>> =>
  call<PushDevice>("PUT", "/api/push-subscriptions", { body: said(subscription), account });
