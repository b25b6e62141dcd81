import { type IncomingMessage, request as requestHttp, type RequestOptions } from "node:http";
import { request as requestHttps } from "node:https";

import { CordonError } from "@cordon/errors";

import { tlsFaultOf } from "../config/tls-fault.ts";
import type { CompiledRegistryOptions } from "./options.ts";

/** A registry's answer of any status. `body` is `undefined` when it is not JSON: a proxy's page, for example. */
export interface RegistryAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface RegistryRequest {
  readonly method: "GET" | "POST" | "PUT";
  /** Below the registry's address; each part is escaped. */
  readonly path: readonly string[];
  readonly body?: Readonly<Record<string, unknown>>;
}

/** What `body` has under a name; `undefined` where it is no object, or lacks it. */
export function fieldOf({ body }: Pick<RegistryAnswer, "body">, name: string): unknown {
  return typeof body === "object" && body !== null ? (body as Readonly<Record<string, unknown>>)[name] : undefined;
}

/** How a registry is asked, and what is thrown for an answer that is no verdict. */
export interface RegistryAccess {
  readonly http: RegistryHttp;
  readonly refuse: (answer: RegistryAnswer, doing: string) => CordonError;
}

export type RegistryHttp = (request: RegistryRequest) => Promise<RegistryAnswer>;

/** A schema of ours has some tens of kilobytes. */
const mostBodyBytes = 4 * 1_048_576;

const mediaType = "application/vnd.schemaregistry.v1+json";

/**
 * Plain HTTP with a time limit over the whole exchange and a bound on the answer. Rejects with REGISTRY_UNAVAILABLE
 * when there was no complete answer.
 *
 * Not the client of @kafkajs/confluent-schema-registry 4.1.0, because of what it hides: a refused connection comes out
 * as "status 400"; the `error_code` that tells an unknown schema from a wrong address is dropped, and it would take a
 * proxy's 404 for a new subject; it registers before it sets the compatibility level; and neither its waiting nor its
 * caches have a bound.
 */
export function createRegistryHttp(options: CompiledRegistryOptions): RegistryHttp {
  const request = options.url.protocol === "https:" ? requestHttps : requestHttp;
  return async ({ method, path, body }) => {
    const content = body === undefined ? null : JSON.stringify(body);
    try {
      return await new Promise<RegistryAnswer>((resolve, reject) => {
        const outgoing = request(address(options.url, path), requestOptions(options, method, content), (answer) => {
          resolve(readAnswer(answer));
        });
        outgoing.on("error", reject);
        outgoing.end(content ?? undefined);
      });
    } catch (error) {
      const fault = tlsFaultOf(error);
      throw fault === null
        ? unavailable(options.url, reasonOf(error, options.timeout), error)
        : notSecured(options.url, fault, error);
    }
  };
}

function address(base: URL, path: readonly string[]): URL {
  const url = new URL(base);
  url.pathname = `${base.pathname.replace(/\/+$/, "")}/${path.map(encodeURIComponent).join("/")}`;
  url.username = "";
  url.password = "";
  return url;
}

function requestOptions(
  { secrets, timeout, url }: CompiledRegistryOptions,
  method: string,
  content: string | null,
): RequestOptions & Record<"ca" | "cert" | "key", string | undefined> {
  const { auth = null, ca, cert, key } = secrets();
  const user = auth ?? (url.username === "" ? null : fromUrl(url));
  return {
    method,
    signal: AbortSignal.timeout(timeout),
    headers: {
      accept: `${mediaType}, application/json`,
      ...(content === null ? {} : { "content-type": mediaType, "content-length": Buffer.byteLength(content) }),
      ...(user === null
        ? {}
        : { authorization: `Basic ${Buffer.from(`${user.username}:${user.password}`).toString("base64")}` }),
    },
    ca: ca ?? undefined,
    cert: cert ?? undefined,
    key: key ?? undefined,
  };
}

const fromUrl = ({ username, password }: URL): { readonly username: string; readonly password: string } => ({
  username: decodeURIComponent(username),
  password: decodeURIComponent(password),
});

async function readAnswer(answer: IncomingMessage): Promise<RegistryAnswer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > mostBodyBytes) throw new Error(`the answer has more than ${String(mostBodyBytes)} bytes`);
    parts.push(part);
  }
  return { status: answer.statusCode ?? 0, body: parse(Buffer.concat(parts).toString("utf8")) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown, timeout: number): string {
  if (!(error instanceof Error)) return "no answer";
  if (error.name === "TimeoutError" || error.name === "AbortError") return `no answer within ${String(timeout)} ms`;
  // Node tries all addresses of a host and reports them together, with an empty message.
  const first = error instanceof AggregateError ? (error.errors as readonly unknown[])[0] : error;
  return first instanceof Error ? first.message : error.message;
}

/** The address without user, password and query. */
export const shownAddress = (url: URL): string => `${url.origin}${url.pathname.replace(/\/+$/, "")}`;

export function unavailable(url: URL, reason: string, cause?: unknown): CordonError {
  return new CordonError(
    "REGISTRY_UNAVAILABLE",
    `the schema registry at ${shownAddress(url)} is not available: ${reason}`,
    { details: { registry: shownAddress(url) }, ...(cause === undefined ? {} : { cause }) },
  );
}

function notSecured(url: URL, fault: string, cause: unknown): CordonError {
  return new CordonError(
    "TLS_FAILED",
    `no encrypted connection to the schema registry at ${shownAddress(url)}: ${fault}. Check SCHEMA_REGISTRY_URL and SCHEMA_REGISTRY_TLS_…_FILE.`,
    { cause },
  );
}
