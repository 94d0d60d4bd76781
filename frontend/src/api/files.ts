/** A file that is made from what is sent: fetched with the same manners as `client`, then saved on this device. */
import type { Problem } from "./client";

const TIMEOUT_MS = 60_000;

/** The problem, or null where the file was saved. */
export const saveFile = (path: string, body: unknown, account: string): Promise<Problem | null> =>
  save(path, account, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

/** The same for a file that is there already. */
export const fetchFile = (path: string, account: string): Promise<Problem | null> => save(path, account, {});

async function save(path: string, account: string, asked: RequestInit): Promise<Problem | null> {
  try {
    const response = await fetch(path, {
      ...asked,
      headers: { ...asked.headers, "fortnight-account": account },
      credentials: "same-origin",
      cache: "no-store",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) return refusal(response);
    const named = /filename="([\w.-]+)"/.exec(response.headers.get("content-disposition") ?? "");
    if (!named?.[1]) return problem(0, "not-understood", "");
    offer(await response.blob(), named[1]);
    return null;
  } catch {
    return problem(0, "no-answer", "");
  }
}

/** Hands a file to the browser, to be kept where it keeps files. */
export function offer(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

async function refusal(response: Response): Promise<Problem> {
  const told = (await response.json().catch(() => ({}))) as { code?: unknown; detail?: unknown };
  const code = typeof told.code === "string" ? told.code : `status-${response.status}`;
  return problem(response.status, code, typeof told.detail === "string" ? told.detail : "");
}

const problem = (status: number, code: string, detail: string): Problem => ({
  status,
  code,
  detail,
  errors: [],
  retryAfter: null,
  body: null,
});
