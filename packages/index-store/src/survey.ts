import type { Redis } from "ioredis";

import type { StoreDanger, StoreSurvey } from "./port.ts";

/**
 * What Redis tells of itself: INFO, which most users may ask, and CONFIG where that is not enough. What it does not tell
 * is null; only a lost connection rejects.
 */
export async function surveyRedis(redis: Redis): Promise<StoreSurvey> {
  const [memory, replication] = await Promise.all([infoOf(redis, "memory"), infoOf(redis, "replication")]);
  const configured = memory.has("maxmemory_policy") ? new Map<string, string>() : await configOf(redis);
  const policy = memory.get("maxmemory_policy") ?? configured.get("maxmemory-policy") ?? null;
  const bound = memory.get("maxmemory") ?? configured.get("maxmemory");
  const told = {
    maxMemory: bound === undefined || Number.isNaN(Number(bound)) ? null : Number(bound),
    evictionPolicy: policy,
    role: roleOf(replication),
  };
  return { ...told, dangers: storeDangers({ ...told, linkDown: replication.get("master_link_status") === "down" }) };
}

function roleOf(replication: ReadonlyMap<string, string>): string | null {
  const role = replication.get("role");
  return role === undefined ? null : role === "master" ? "primary" : "replica";
}

/**
 * What may take the index away, or keep it from being read as it is.
 * - `evicts_index`: short of memory, Redis deletes any key, a part of the live index, too.
 * - `evicts_uploads`: it deletes keys that expire, such as a version on its way; publishing is tried again.
 * - `cut_off`: a replica that lost its primary: what it has grows old.
 * - `unknown`: it does not tell whether it deletes keys.
 */
export function storeDangers({
  maxMemory,
  evictionPolicy,
  linkDown,
}: Pick<StoreSurvey, "maxMemory" | "evictionPolicy"> & { readonly linkDown: boolean }): readonly StoreDanger[] {
  const bounded = maxMemory !== 0;
  const dangers: StoreDanger[] = [];
  if (evictionPolicy === null) dangers.push("unknown");
  else if (bounded && evictionPolicy.startsWith("allkeys-")) dangers.push("evicts_index");
  else if (bounded && evictionPolicy.startsWith("volatile-")) dangers.push("evicts_uploads");
  if (linkDown) dangers.push("cut_off");
  return dangers;
}

async function infoOf(redis: Redis, section: string): Promise<ReadonlyMap<string, string>> {
  const text = await orRefused(() => redis.info(section), "");
  return new Map(
    text.split("\r\n").flatMap((line): [string, string][] => {
      const at = line.indexOf(":");
      return at < 1 ? [] : [[line.slice(0, at), line.slice(at + 1)]];
    }),
  );
}

async function configOf(redis: Redis): Promise<ReadonlyMap<string, string>> {
  const flat = await orRefused(() => redis.config("GET", "maxmemory*"), []);
  const words = Array.isArray(flat) ? flat.map(String) : [];
  const pairs = new Map<string, string>();
  for (let at = 0; at + 1 < words.length; at += 2) pairs.set(words[at] ?? "", words[at + 1] ?? "");
  return pairs;
}

/** A user who may not ask, or a Redis without the command, is an answer, too. */
async function orRefused<T>(ask: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Error && error.name === "ReplyError") return otherwise;
    throw error;
  }
}
