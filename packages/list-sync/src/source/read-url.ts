import { setTimeout as sleep } from "node:timers/promises";

import { CordonError } from "@cordon/errors";

import { metered, parseWhole } from "./metered.ts";
import { type Parse, type Reading, type ReadLimits, type Validators } from "./reading.ts";

export interface ReadUrlOptions<T> {
  readonly url: URL;
  readonly validators: Validators;
  readonly limits: ReadLimits;
  readonly parse: Parse<T>;
  readonly signal: AbortSignal;
  /** Milliseconds to wait before each further attempt; their number is the number of retries. */
  readonly backOffMs?: readonly number[];
  readonly onRetry?: (event: { readonly attempt: number; readonly reason: string }) => void;
}

/** An attempt that failed for a reason that may pass. */
class Transient extends Error {
  override readonly name = "Transient";
  /** How long the server asks to be left alone, milliseconds. */
  readonly askedWaitMs: number;

  constructor(message: string, { askedWaitMs = 0, ...options }: ErrorOptions & { readonly askedWaitMs?: number } = {}) {
    super(message, options);
    this.askedWaitMs = askedWaitMs;
  }
}

/** A server that asks for more patience gets this much, and the list is looked at again later. */
const longestAskedWaitMs = 60_000;

const longestValidator = 1024;

const userAgent = "cordon-list-sync/0.1 (sanctions screening)";

/**
 * Reads a list over HTTP, parsing and hashing it as it arrives. A conditional request when validators are given.
 * Connection errors, broken bodies, time-outs, 408, 429 and 5xx are tried again after each `backOffMs`, give or take
 * half of it, so that many list-syncs do not come back as one; after a longer wait where the server asks for it.
 * Rejects with LIST_UNREACHABLE, LIST_TOO_LARGE, or what `parse` rejects with.
 */
export async function readUrl<T>(options: ReadUrlOptions<T>): Promise<Reading<T>> {
  const { backOffMs = [1000, 3000, 9000, 27_000], signal, url } = options;
  for (let attempt = 0; ; attempt++) {
    try {
      return await readOnce(options);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Transient)) throw error;
      const wait = backOffMs[attempt];
      if (wait === undefined)
        throw new CordonError("LIST_UNREACHABLE", `${withoutCredentials(url)} could not be read: ${error.message}`, {
          details: { attempts: attempt + 1 },
          cause: error.cause,
        });
      options.onRetry?.({ attempt: attempt + 1, reason: error.message });
      const jittered = wait * (0.5 + Math.random());
      await sleep(Math.max(jittered, error.askedWaitMs), undefined, { signal });
    }
  }
}

async function readOnce<T>({ url, validators, limits, parse, signal }: ReadUrlOptions<T>): Promise<Reading<T>> {
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(limits.timeoutMs)]);
  const response = await request(url, validators, bounded);
  if (response.status === 304 && (validators.etag !== null || validators.lastModified !== null)) {
    await response.body?.cancel();
    return { kind: "unchanged" };
  }
  if (response.status !== 200 || response.body === null) {
    await response.body?.cancel();
    throw refusal(url, response);
  }

  const meter = metered(response.body, limits.maxBytes);
  const value = await parseWhole(meter, parse).catch((error: unknown) => {
    const broken = meter.failure();
    // The server, not the list: a connection cut in the middle, or the time-out of this attempt.
    if (broken !== undefined && !(broken instanceof CordonError)) throw transient(broken);
    throw error;
  });
  return {
    kind: "read",
    value,
    contentHash: meter.hash(),
    bytes: meter.bytes(),
    validators: { etag: validatorIn(response, "etag"), lastModified: validatorIn(response, "last-modified") },
    address: new URL(response.url),
  };
}

/** One that is longer than the store takes is no use: the list is then read in full each time. */
function validatorIn({ headers }: Response, name: string): string | null {
  const value = headers.get(name);
  return value === null || value.length > longestValidator ? null : value;
}

async function request(url: URL, validators: Validators, signal: AbortSignal): Promise<Response> {
  const bare = new URL(url);
  bare.username = "";
  bare.password = "";
  const headers = new Headers({ "user-agent": userAgent, accept: "text/csv, application/xml, text/xml, */*;q=0.5" });
  if (validators.etag !== null) headers.set("if-none-match", validators.etag);
  if (validators.lastModified !== null) headers.set("if-modified-since", validators.lastModified);
  if (url.username !== "") headers.set("authorization", basicAuthorization(url));
  try {
    return await fetch(bare, { headers, signal, redirect: "follow" });
  } catch (error) {
    throw transient(error);
  }
}

function basicAuthorization(url: URL): string {
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return `Basic ${Buffer.from(pair, "utf8").toString("base64")}`;
}

function refusal(url: URL, { status, headers }: Response): Error {
  const said = `the server answered ${String(status)}`;
  if (status >= 500 || status === 408 || status === 429)
    return new Transient(said, { askedWaitMs: askedWait(headers.get("retry-after")) });
  return new CordonError("LIST_UNREACHABLE", `${withoutCredentials(url)} could not be read: ${said}`, {
    details: { status },
  });
}

/** Seconds only: a date would need a clock that both agree on. */
function askedWait(retryAfter: string | null): number {
  return retryAfter !== null && /^\d{1,6}$/.test(retryAfter)
    ? Math.min(Number(retryAfter) * 1000, longestAskedWaitMs)
    : 0;
}

/** Names the network's own code (`ECONNREFUSED`, `ENOTFOUND`), which fetch hides behind "fetch failed". */
function transient(error: unknown): Transient {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const message = cause instanceof Error ? cause.message : "unknown network error";
  return new Transient(code === "" ? message : `${code} ${message}`, { cause: error });
}

/** A URL as it may stand in a log: no user, no password, no query (which may carry a token), no fragment. */
export function withoutCredentials(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`;
}
