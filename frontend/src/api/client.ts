/**
 * The one way to the server. It never throws: every answer is a value, and a refusal is a `Problem` with a sentence a
 * person understands. What the person typed stays with the caller, whatever happens.
 */

export type FieldError = { field: string; code: string };

export type Problem = {
  /** HTTP status; 0 when no answer came (no signal, server away). */
  status: number;
  /** The server's code; `status-413` and so on where somebody between refused; `no-answer`, `not-understood`. */
  code: string;
  /** A sentence to show, in the server's words; empty when there is none (say `common-no-answer`). */
  detail: string;
  errors: FieldError[];
  /** Seconds to wait, when the server said so. */
  retryAfter: number | null;
  /** The whole body, for the few codes that carry more (409). */
  body: unknown;
};

export type Answer<T> =
  /** `whose`: the account that the server answered, where one is signed in. */
  { ok: true; status: number; data: T; whose: string | null } | { ok: false; problem: Problem };

export type Method = "GET" | "POST" | "PUT" | "DELETE";
export type Options = {
  body?: unknown;
  keepalive?: boolean;
  signal?: AbortSignal;
  /** The account that this is asked for; null leaves open whose session it is. Else whoever is signed in here. */
  account?: string | null;
};

/**
 * Whom this page believes to be signed in. The cookie is the browser's: where another tab has signed somebody else in,
 * the server says `other-account` (401) instead of mixing two people's things.
 */
let believed: () => string | undefined = () => undefined;
export function speakFor(account: () => string | undefined): void {
  believed = account;
}

const ACCOUNT = "fortnight-account";
const TIMEOUT_MS = 20_000;
const ahead = new Map<string, Promise<Answer<unknown>>>();

export async function call<T>(method: Method, path: string, options: Options = {}): Promise<Answer<T>> {
  let response: Response;
  let body: unknown = null;
  const account = options.account === undefined ? believed() : options.account;
  if (method !== "GET") ahead.clear(); // what was asked before is from before
  try {
    response = await fetch(path, {
      method,
      headers: {
        accept: "application/json",
        ...(options.body === undefined ? {} : { "content-type": "application/json" }),
        ...(account ? { [ACCOUNT]: account } : {}),
      },
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      credentials: "same-origin",
      cache: "no-store",
      keepalive: options.keepalive ?? false,
      signal: options.signal ?? AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    body = text === "" ? null : readJson(text);
  } catch {
    return noAnswer("no-answer");
  }
  if (!response.ok) return { ok: false, problem: readProblem(response, body) };
  // A success in another language is not our server's: the sign-in page of a train's network, say.
  if (body === undefined) return noAnswer("not-understood");
  return { ok: true, status: response.status, data: body as T, whose: response.headers.get(ACCOUNT) };
}

/** What stands there, or undefined where it is no JSON. A refusal may come from a proxy, which writes pages. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const noAnswer = (code: string): { ok: false; problem: Problem } => ({
  ok: false,
  problem: { status: 0, code, detail: "", errors: [], retryAfter: null, body: null },
});

/** True where the refusal is in our server's own words, and not a proxy's or a network's between. */
export const isOurs = (problem: Problem): boolean =>
  problem.status > 0 && !problem.code.startsWith("status-");

/**
 * Asks at once for what the first screen will ask for, on a phone that does not know yet who is here. Each answer is
 * taken once, by the first `get` of that path, and only if it is said to be for the account of that `get`; else it is
 * thrown away and asked for again.
 */
export function askAhead(paths: string[]): void {
  for (const path of paths) ahead.set(path, call("GET", path, { account: null }));
  setTimeout(() => ahead.clear(), TIMEOUT_MS);
}

export async function get<T>(path: string, options: Options = {}): Promise<Answer<T>> {
  const early = ahead.get(path);
  ahead.delete(path);
  const answer = (await early) as Answer<T> | undefined;
  const whose = options.account === undefined ? believed() : options.account;
  if (answer && (whose === null || (answer.ok && answer.whose === whose))) return answer;
  return call<T>("GET", path, options);
}
export const post = <T>(path: string, body?: unknown) => call<T>("POST", path, { body: body ?? {} });
export const put = <T>(path: string, body: unknown) => call<T>("PUT", path, { body });
export const del = <T>(path: string, body?: unknown) => call<T>("DELETE", path, { body });

function readProblem(response: Response, body: unknown): Problem {
  const told = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  return {
    status: response.status,
    code: typeof told.code === "string" ? told.code : `status-${response.status}`,
    detail: typeof told.detail === "string" ? told.detail : "",
    errors: Array.isArray(told.errors) ? (told.errors as FieldError[]) : [],
    retryAfter: readRetryAfter(response.headers.get("retry-after"), Date.now()),
    body,
  };
}

/** Seconds from a Retry-After header, which is a number of seconds or an HTTP date. */
export function readRetryAfter(header: string | null, now: number): number | null {
  if (header === null || header.trim() === "") return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, Math.ceil((date - now) / 1000));
}
