import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { Redis } from "ioredis";

import { redisAnswers } from "../answering.ts";
import { freePorts } from "../processes/free-ports.ts";
import { findRedisServer } from "../processes/redis.ts";
import { runProcess } from "../processes/run-process.ts";
import { makeScratchFolder } from "../processes/scratch-folder.ts";
import type { Service, Starting } from "../service.ts";
import type { StackOptions } from "../stack.ts";
import { makeAuthority, makeCertificate, writeIdentity } from "./certificates.ts";
import { securedUsers } from "./permissions.ts";
import { startSecuredRedis } from "./secured-redis.ts";

type Options = Pick<StackOptions, "env" | "report" | "signal">;

interface Scratch {
  readonly starting: Starting;
  /** Stops what was started, and removes what it left. */
  readonly stop: () => Promise<void>;
  readonly started: <T extends { stop(): Promise<void> }>(service: T) => T;
}

function scratchFor({ env, report, signal = new AbortController().signal }: Options): Scratch {
  const scratch = makeScratchFolder();
  const services: { stop(): Promise<void> }[] = [];
  return {
    starting: { env, report, signal, newFolder: (name) => scratch.newFolder(name) },
    started(service) {
      services.push(service);
      return service;
    },
    async stop() {
      await Promise.all(services.map((service) => service.stop()));
      scratch.remove();
    },
  };
}

async function startServer(
  starting: Starting,
  settings: Readonly<Record<string, string>>,
  mode: readonly string[] = [],
): Promise<Service & { readonly port: number }> {
  const command = await findRedisServer(starting);
  let port = 0;
  const service = await runProcess(
    "redis",
    async (folder) => {
      [port = 0] = await freePorts(1);
      const file = join(folder, "redis.conf");
      const all = { bind: "127.0.0.1", port: String(port), dir: folder, ...settings };
      // Sentinel and cluster nodes write their settings back: they need a file.
      writeFileSync(
        file,
        Object.entries(all)
          .map(([name, value]) => `${name.replace(/#\d+$/, "")} ${value}\n`)
          .join(""),
      );
      const address = `redis://127.0.0.1:${String(port)}`;
      return { command, args: [file, ...mode], address, answers: () => redisAnswers(address) };
    },
    starting,
  );
  return { ...service, port };
}

const memoryOnly = { save: '""', appendonly: "no", "maxmemory-policy": "noeviction" } as const;

/** A primary with a replica, and a Sentinel that knows it as `mymaster`. */
export interface SentinelRedis {
  readonly sentinel: string;
  readonly primary: string;
  /** Takes the primary away; resolves when the Sentinel names another one. */
  failOver(): Promise<void>;
  stop(): Promise<void>;
}

export async function startSentinelRedis(options: Options): Promise<SentinelRedis> {
  const { starting, started, stop } = scratchFor(options);
  try {
    const primary = started(await startServer(starting, memoryOnly));
    const replicaOf = { replicaof: `127.0.0.1 ${String(primary.port)}`, "repl-diskless-sync-delay": "0" };
    started(await startServer(starting, { ...memoryOnly, ...replicaOf }));
    const watching = {
      "sentinel#1": `monitor mymaster 127.0.0.1 ${String(primary.port)} 1`,
      "sentinel#2": "down-after-milliseconds mymaster 800",
      "sentinel#3": "failover-timeout mymaster 3000",
    };
    const sentinel = started(await startServer(starting, watching, ["--sentinel"]));
    const asked = new Redis(sentinel.address, { lazyConnect: true });
    const primaryNow = async (): Promise<string> =>
      String(await asked.call("sentinel", "get-master-addr-by-name", "mymaster"));
    await until(async () => String(await asked.call("sentinel", "replicas", "mymaster")).includes("slave"));
    return {
      sentinel: `127.0.0.1:${String(sentinel.port)}`,
      primary: primary.address,
      async failOver() {
        const before = await primaryNow();
        await primary.stop();
        await until(async () => (await primaryNow()) !== before);
      },
      async stop() {
        asked.disconnect();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Three nodes that share the slots. */
export interface ClusterRedis {
  /** The address of each. */
  readonly nodes: readonly string[];
  stop(): Promise<void>;
}

const slots = 16_384;
const slotsAtOnce = 2_048;

export async function startClusterRedis(options: Options): Promise<ClusterRedis> {
  const { starting, started, stop } = scratchFor(options);
  const settings = { ...memoryOnly, "cluster-enabled": "yes", "cluster-config-file": "nodes.conf" };
  try {
    const nodes = [];
    for (let at = 0; at < 3; at++) nodes.push(started(await startServer(starting, settings)));
    const clients = nodes.map(({ address }) => new Redis(address, { lazyConnect: true }));
    const share = Math.ceil(slots / nodes.length);
    for (const [at, client] of clients.entries()) {
      const own = Array.from({ length: Math.min(share, slots - at * share) }, (_, slot) => String(at * share + slot));
      for (let from = 0; from < own.length; from += slotsAtOnce)
        await client.call("cluster", "addslots", ...own.slice(from, from + slotsAtOnce));
      const [first] = nodes;
      if (at > 0 && first !== undefined) await client.call("cluster", "meet", "127.0.0.1", String(first.port));
    }
    for (const client of clients)
      await until(async () => String(await client.call("cluster", "info")).includes("cluster_state:ok"));
    for (const client of clients) client.disconnect();
    return { nodes: nodes.map(({ address }) => address), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** One that lets nobody in without a certificate of its authority. PEM texts. */
export interface MutualRedis {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly ca: string;
  readonly client: { readonly cert: string; readonly key: string };
  stop(): Promise<void>;
}

export async function startMutualRedis(options: Options): Promise<MutualRedis> {
  const { starting, started, stop } = scratchFor(options);
  try {
    const folder = starting.newFolder("redis");
    const authority = await makeAuthority("mutual-ca");
    const hosts = ["localhost", "127.0.0.1"];
    const server = writeIdentity(
      folder,
      "server",
      await makeCertificate(authority, { commonName: "localhost", hosts }),
    );
    const client = await makeCertificate(authority, { commonName: "list-sync", hosts: ["list-sync"] });
    const ca = writeIdentity(folder, "ca", authority).cert;
    const passwords = Object.fromEntries(
      [...securedUsers, "admin"].map((user) => [user, `password-of-${user}`]),
    ) as never;
    const redis = started(
      await startSecuredRedis(starting, { ...server, ca, caText: authority.cert, passwords, mutual: true, client }),
    );
    return {
      url: redis.url,
      username: "list-sync",
      password: "password-of-list-sync",
      ca: authority.cert,
      client,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    if (await isSo().catch(() => false)) return;
    if (Date.now() > deadline) throw new Error("Redis did not become what it should be within 30 s");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
