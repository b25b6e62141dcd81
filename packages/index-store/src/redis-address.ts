import { CordonError } from "@cordon/errors";
import type { RedisOptions } from "ioredis";

/** What is read again when its file changes. PEM texts; `null` or absent: Node's own authorities, no certificate. */
export interface RedisSecrets {
  /** These outrank those in the address. */
  readonly username?: string | null;
  readonly password?: string | null;
  readonly ca?: string | null;
  readonly cert?: string | null;
  readonly key?: string | null;
  readonly sentinelUsername?: string | null;
  readonly sentinelPassword?: string | null;
}

/** How to reach Redis: what `redisConfig` reads, without the key prefix. */
export interface RedisAddress extends RedisSecrets {
  /** `redis://` or `rediss://`, with user, password and database number if need be. */
  readonly url: string;
  /** The address is a node of a cluster. */
  readonly cluster?: boolean;
  /** `host:port` of Sentinels that know the primary by the name `sentinelMaster`; the address's host is not used then. */
  readonly sentinels?: readonly string[] | null;
  readonly sentinelMaster?: string;
  /** The secrets as they are now, where they follow their files. Default: as they were at the start. */
  readonly secrets?: () => RedisSecrets;
}

/** The secrets as they are now. */
export const secretsNow = (address: RedisAddress): RedisSecrets => address.secrets?.() ?? address;

/** Where one Redis is. Splits an address by hand: ioredis lets `rediss:` in an address overrule the `tls` option beside it. */
export function redisOptions(address: RedisAddress): RedisOptions {
  const parts = new URL(address.url);
  const database = Number(parts.pathname.slice(1) || "0");
  if (!Number.isSafeInteger(database) || database < 0)
    throw new CordonError("CONFIG_INVALID", "REDIS_URL: what follows the host must be a database number");
  return {
    host: parts.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: Number(parts.port || "6379"),
    db: database,
    ...loginOf(address),
    ...(parts.protocol === "rediss:" ? { tls: tlsOf(address) } : {}),
  };
}

/** User and password as they are now. */
export function loginOf(address: RedisAddress): Pick<RedisOptions, "username" | "password"> {
  const { username, password } = secretsNow(address);
  const parts = new URL(address.url);
  const user = username ?? decodeURIComponent(parts.username);
  const secret = password ?? decodeURIComponent(parts.password);
  return { ...(user === "" ? {} : { username: user }), ...(secret === "" ? {} : { password: secret }) };
}

/** Fields that ioredis copies each time it connects: they are then as their files are. */
function tlsOf(address: RedisAddress): NonNullable<RedisOptions["tls"]> {
  const fields: { ca?: string; cert?: string; key?: string } = {};
  for (const name of ["ca", "cert", "key"] as const) {
    const start = address[name];
    if (start === null || start === undefined) continue;
    Object.defineProperty(fields, name, { enumerable: true, get: () => secretsNow(address)[name] ?? start });
  }
  return fields;
}

/** What leads to the primary through Sentinels; nothing where there are none. */
export function sentinelOptions(address: RedisAddress): RedisOptions {
  const { sentinels, sentinelMaster = "mymaster", url } = address;
  if (sentinels === null || sentinels === undefined) return {};
  const { sentinelUsername, sentinelPassword } = secretsNow(address);
  const tls = url.startsWith("rediss:") ? tlsOf(address) : null;
  return {
    sentinels: sentinels.map(hostAndPort),
    name: sentinelMaster,
    ...(sentinelUsername === null || sentinelUsername === undefined ? {} : { sentinelUsername }),
    ...(sentinelPassword === null || sentinelPassword === undefined ? {} : { sentinelPassword }),
    ...(tls === null ? {} : { sentinelTLS: tls, enableTLSForSentinelMode: true }),
    // For ever: a client that gave up on its Sentinels once would be of no use any more.
    sentinelRetryStrategy: (times) => Math.min(100 * times, 2_000),
  };
}

function hostAndPort(text: string): { readonly host: string; readonly port: number } {
  const colon = text.lastIndexOf(":");
  return { host: text.slice(0, colon).replace(/^\[(.*)\]$/, "$1"), port: Number(text.slice(colon + 1)) };
}
