import { createHash, timingSafeEqual } from "node:crypto";

import { CordonError } from "@cordon/errors";

/** Whoever sends messages: the name under which a token or a certificate is known. */
export type ClientName = string;

const named = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const row = /^(\S+)\s+sha256:([0-9a-fA-F]{64})$/;
const mostTokens = 1000;

/** RFC 6750: what a bearer token may be made of. */
const bearer = /^Bearer +([A-Za-z0-9._~+/=-]{1,512})$/i;

export interface TokenBook {
  readonly tokens: number;
  /** The client of that token, or null. Takes the same time whichever token it is, and whether there is one. */
  clientOf(token: string): ClientName | null;
}

export function isClientName(text: string): boolean {
  return named.test(text);
}

/**
 * Reads a file of `NAME sha256:HEX` rows; `#` begins a remark; one client may have several tokens, as while one is replaced.
 * Tokens are random texts of 128 bits or more, so that a plain hash is not worth guessing. Throws CONFIG_INVALID, which
 * tells the line and nothing of what stands in it.
 */
export function tokenBook(text: string): TokenBook {
  const entries: { readonly client: ClientName; readonly hash: Buffer }[] = [];
  for (const [number, line] of text.split(/\r?\n/).entries()) {
    const said = line.replace(/(?:^|\s)#.*$/, "").trim();
    if (said === "") continue;
    const [, client = "", hex = ""] = row.exec(said) ?? [];
    if (!isClientName(client))
      throw new CordonError("CONFIG_INVALID", `GATEWAY_TOKENS_FILE: line ${String(number + 1)} is not NAME sha256:HEX`);
    entries.push({ client, hash: Buffer.from(hex, "hex") });
  }
  if (entries.length === 0 || entries.length > mostTokens)
    throw new CordonError(
      "CONFIG_INVALID",
      `GATEWAY_TOKENS_FILE has ${String(entries.length)} tokens, expected 1 to ${String(mostTokens)}`,
    );
  return {
    tokens: entries.length,
    clientOf(token) {
      const hash = createHash("sha256").update(token).digest();
      let found: ClientName | null = null;
      for (const entry of entries) if (timingSafeEqual(entry.hash, hash)) found = entry.client;
      return found;
    },
  };
}

/** The token of an `Authorization` header, or null where it holds none. */
export function bearerToken(header: string | undefined): string | null {
  return bearer.exec(header ?? "")?.[1] ?? null;
}
