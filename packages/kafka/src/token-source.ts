import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";

import { CordonError } from "@cordon/errors";
import type { TokenEndpoint } from "@cordon/service";

/** How a token is asked for: OAuth 2.0's client credentials (RFC 6749, 4.4). */
export interface TokenLogin extends TokenEndpoint {
  /** The client's id and secret. */
  readonly username: string;
  readonly password: string;
}

/** Tokens for SASL OAUTHBEARER. */
export interface TokenSource {
  /** One that is good for a while still. Rejects with TOKEN_UNAVAILABLE, TLS_FAILED. */
  token(): Promise<string>;
  /** Why the last try gave none: a library tells of it in words alone. Null after one that did. */
  readonly failure: CordonError | null;
}

const answerMs = 10_000;
const mostBytes = 256 * 1024;
/**
 * How long before its end a token is no longer used: a fifth of its life, and some seconds at least, for the brokers end a
 * connection with its token and clients prove themselves again before that; but never more than half of its life.
 */
const leftUnused = 0.2;
const leastLeftSeconds = 15;
/** Where the endpoint does not tell. */
const usualLifeSeconds = 300;

interface Held {
  readonly token: string;
  readonly until: number;
  /** By which login: one that changed asks anew. */
  readonly login: string;
}

export function createTokenSource(login: () => TokenLogin, now: () => number = Date.now): TokenSource {
  let held: Held | null = null;
  let asking: Promise<string> | null = null;
  let failure: CordonError | null = null;

  async function ask(): Promise<string> {
    const current = login();
    try {
      const { token, lifeSeconds } = await requestToken(current);
      held = { token, until: now() + usedSeconds(lifeSeconds) * 1000, login: nameOf(current) };
      failure = null;
      return token;
    } catch (error) {
      failure = error instanceof CordonError ? error : unavailable(current, reasonOf(error), error);
      throw failure;
    }
  }

  return {
    get failure() {
      return failure;
    },
    async token() {
      if (held !== null && held.until > now() && held.login === nameOf(login())) return held.token;
      asking ??= ask().finally(() => {
        asking = null;
      });
      return asking;
    },
  };
}

const usedSeconds = (life: number): number => life - Math.min(life / 2, Math.max(life * leftUnused, leastLeftSeconds));

const nameOf = ({ username, password, tokenUrl, scope }: TokenLogin): string =>
  JSON.stringify([username, password, tokenUrl, scope]);

async function requestToken(login: TokenLogin): Promise<{ readonly token: string; readonly lifeSeconds: number }> {
  const { status, body } = await post(login);
  const answer = fieldsOf(body);
  if (status !== 200) throw refused(login, status, answer);
  const { access_token: token, expires_in: life, token_type: type } = answer;
  // What SASL carries is a line of its own format: another token would end it early.
  if (typeof token !== "string" || !/^[\x21-\x7e]+$/.test(token))
    throw unavailable(login, "its answer holds no access_token", null);
  if (typeof type === "string" && type.toLowerCase() !== "bearer")
    throw unavailable(login, `it gives tokens of type ${JSON.stringify(type.slice(0, 40))}, expected Bearer`, null);
  const seconds = Number(life ?? usualLifeSeconds);
  return { token, lifeSeconds: Number.isFinite(seconds) && seconds > 0 ? seconds : usualLifeSeconds };
}

function post(login: TokenLogin): Promise<{ readonly status: number; readonly body: string }> {
  const url = new URL(login.tokenUrl);
  const content = new URLSearchParams({
    grant_type: "client_credentials",
    ...(login.scope === null ? {} : { scope: login.scope }),
    ...(login.audience === null ? {} : { audience: login.audience, resource: login.audience }),
  }).toString();
  // RFC 6749, 2.3.1: both are form-encoded first.
  const [id, secret] = [login.username, login.password].map((text) => encodeURIComponent(text).replaceAll("%20", "+"));
  const request = url.protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        method: "POST",
        signal: AbortSignal.timeout(answerMs),
        headers: {
          accept: "application/json",
          "content-type": "application/x-www-form-urlencoded",
          "content-length": Buffer.byteLength(content),
          authorization: `Basic ${Buffer.from(`${id ?? ""}:${secret ?? ""}`).toString("base64")}`,
        },
        ...(login.ca === null ? {} : { ca: login.ca }),
      },
      (answer) => {
        const parts: Buffer[] = [];
        let size = 0;
        answer.on("data", (part: Buffer) => {
          size += part.length;
          if (size > mostBytes) outgoing.destroy(new Error("its answer is too large"));
          else parts.push(part);
        });
        answer.on("end", () => {
          resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(parts).toString("utf8") });
        });
        answer.on("error", reject);
      },
    );
    outgoing.on("error", reject);
    outgoing.end(content);
  });
}

function fieldsOf(body: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === "object" && parsed !== null ? (parsed as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}

/** Its own words, as far as RFC 6749 lets it have some; nothing of a page that a proxy answers. */
function refused(login: TokenLogin, status: number, answer: Readonly<Record<string, unknown>>): CordonError {
  const words = [answer["error"], answer["error_description"]].filter((word) => typeof word === "string");
  const said = words.length === 0 ? "" : ` (${words.join(": ").slice(0, 300)})`;
  return unavailable(
    login,
    `status ${String(status)}${said}: check KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD and KAFKA_OAUTH_…`,
    null,
  );
}

function unavailable({ tokenUrl, username }: TokenLogin, reason: string, cause: unknown): CordonError {
  const { origin, pathname } = new URL(tokenUrl);
  return new CordonError("TOKEN_UNAVAILABLE", `${origin}${pathname} gave client ${username} no token: ${reason}`, {
    cause,
  });
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "no answer";
  if (error.name === "TimeoutError" || error.name === "AbortError") return `no answer within ${String(answerMs)} ms`;
  const first = error instanceof AggregateError ? (error.errors as readonly unknown[])[0] : error;
  return first instanceof Error ? first.message : error.message;
}
