import { afterEach, describe, expect, it, vi } from "vitest";
import { endPush, markPush, pushFor } from "./push-here";

const kept = new Map<string, string>();
vi.stubGlobal("localStorage", {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => kept.set(key, value),
  removeItem: (key: string) => kept.delete(key),
});

function browser(unsubscribe: () => Promise<boolean>) {
  const registration = {
    pushManager: { getSubscription: async () => ({ unsubscribe }) },
    getNotifications: async () => [],
  };
  vi.stubGlobal("navigator", { serviceWorker: { getRegistration: async () => registration } });
}

describe("ending push in this browser", () => {
  afterEach(() => kept.clear());

  it("leaves no mark where the browser gave the subscription back", async () => {
    browser(async () => true);
    markPush("ana");
    await endPush();
    expect(pushFor()).toBe(null);
  });

  it("leaves a mark that is nobody's where it did not, so that the next person tries again", async () => {
    browser(() => Promise.reject(new Error("no network")));
    markPush("ana");
    await expect(endPush()).rejects.toThrow();
    expect(pushFor()).not.toBe(null);
    expect(pushFor()).not.toBe("ana");
  });
});
