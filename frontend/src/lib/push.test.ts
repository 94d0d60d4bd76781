import { describe, expect, it, vi } from "vitest";
import { bytesOf, isFor, subscribed } from "./push";

const KEY = "BP-_AAEC";
const one = (key: string | null) => ({
  options: { applicationServerKey: key === null ? null : bytesOf(key).buffer },
  unsubscribe: vi.fn(async () => true),
});
const phone = (there: ReturnType<typeof one> | null) => {
  const subscribe = vi.fn(async () => "new");
  const pushManager = { getSubscription: async () => there, subscribe };
  return { registration: { pushManager } as unknown as ServiceWorkerRegistration, subscribe };
};

describe("a subscription", () => {
  it("is compared by the bytes of the key", () => {
    expect([...bytesOf(KEY)]).toEqual([4, 255, 191, 0, 1, 2]);
    expect(isFor(one(KEY) as unknown as PushSubscription, KEY)).toBe(true);
    expect(isFor(one("BP-_AAED") as unknown as PushSubscription, KEY)).toBe(false);
    expect(isFor(one(null) as unknown as PushSubscription, KEY)).toBe(false);
  });

  it("stays where it is for this server's key", async () => {
    const there = one(KEY);
    const { registration, subscribe } = phone(there);
    expect(await subscribed(registration, KEY)).toBe(there);
    expect(subscribe).not.toHaveBeenCalled();
  });

  it("is made anew where there is none, and where the key is another", async () => {
    for (const there of [null, one("BP-_AAED")]) {
      const { registration, subscribe } = phone(there);
      expect(await subscribed(registration, KEY)).toBe("new");
      expect(subscribe).toHaveBeenCalledWith({ userVisibleOnly: true, applicationServerKey: bytesOf(KEY) });
      if (there) expect(there.unsubscribe).toHaveBeenCalled();
    }
  });
});
