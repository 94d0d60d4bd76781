/** For whom push is set up in this browser, and taking it back without the server. */
const MARK = "fortnight-push";
/** Nobody's any more, and the browser has not given it back yet: who comes next must not take it over. */
const LEFT = "left";

/** The account that reminders were last set up for here, or null. */
export function pushFor(): string | null {
  try {
    return localStorage.getItem(MARK);
  } catch {
    return null;
  }
}

export function markPush(account: string | null): void {
  try {
    if (account) localStorage.setItem(MARK, account);
    else localStorage.removeItem(MARK);
  } catch {
    // Then it is not set up again by itself where the browser loses it.
  }
}

/** Nothing arrives here any more, and what is still shown goes. The push service tells the server at the next push. */
export async function endPush(): Promise<void> {
  markPush(LEFT);
  const registration = await navigator.serviceWorker?.getRegistration();
  const subscription = await registration?.pushManager?.getSubscription();
  await subscription?.unsubscribe();
  markPush(null);
  for (const shown of (await registration?.getNotifications?.()) ?? []) shown.close();
}
