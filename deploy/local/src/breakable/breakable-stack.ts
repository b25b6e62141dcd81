import { join } from "node:path";

import { Redis } from "ioredis";

import { redisAnswers } from "../answering.ts";
import { fetchKafka } from "../processes/fetch.ts";
import { freePorts } from "../processes/free-ports.ts";
import { newestJava } from "../processes/java.ts";
import { type KafkaNode, newClusterId, nodeCommand } from "../processes/kafka.ts";
import { noJava } from "../processes/no-java.ts";
import { findRedisServer } from "../processes/redis.ts";
import { startRegistry } from "../processes/registry.ts";
import { makeScratchFolder } from "../processes/scratch-folder.ts";
import type { Service, Starting } from "../service.ts";
import { StackError } from "../stack-error.ts";
import { kafkaJava, kafkaVersion } from "../versions.ts";
import { type BreakableProcess, breakableProcess } from "./breakable-process.ts";
import { type Link, openLink } from "./link.ts";
import { quorumLeader } from "./quorum-leader.ts";

export interface BreakableStackOptions {
  /** PATH and JAVA_HOME are read from here. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly report: (line: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Three brokers, Redis and a registry as local processes, to be killed, frozen and cut off. What is under test reaches
 * Redis and the registry through links; whoever tests, directly.
 */
export interface BreakableStack {
  /** `host:port` of all three, with commas. */
  readonly kafkaBrokers: string;
  readonly brokers: readonly BreakableProcess[];
  /** Which of them the cluster is led by now: it decides who leads a partition, and which replicas are in sync. */
  controller(): BreakableProcess;
  /** Writes each change to disk before it answers: killed, it comes back with its data. */
  readonly redis: BreakableProcess;
  readonly redisLink: Link;
  /** Through the link. */
  readonly redisUrl: string;
  readonly directRedisUrl: string;
  /** Direct. Sends one command and gives its answer. */
  redisCommand(name: string, ...args: readonly (string | Buffer)[]): Promise<unknown>;
  readonly registryLink: Link;
  /** Through the link. */
  readonly registryUrl: string;
  readonly directRegistryUrl: string;
  /** Stops everything and removes its data. */
  stop(): Promise<void>;
}

/** Every topic, those of groups and transactions included, survives the loss of one broker of three. */
const clusterSettings = {
  "offsets.topic.replication.factor": 3,
  "offsets.topic.num.partitions": 3,
  "transaction.state.log.replication.factor": 3,
  "transaction.state.log.min.isr": 2,
  "transaction.state.log.num.partitions": 3,
  // The default is 9 s: how long a dead broker's partitions have no leader. Twice the heartbeat, the next one and an election must fit
  // into it: when the controller is the broker that hangs, the others beat to it in vain, and would be cut off with it.
  "broker.session.timeout.ms": 6000,
  "broker.heartbeat.interval.ms": 1000,
  // The default is 30 s: for so long a leader waits for a coordinator that hangs, which vouches for a transaction's records, and a
  // coordinator for a leader that hangs, which must write a transaction's end; until then nobody reads on behind it.
  "request.timeout.ms": 5000,
  // The default is 30 s: for so long a leader waits for a controller that hangs before it asks the next one for replicas in sync.
  "controller.socket.timeout.ms": 5000,
} as const;

/** Throws StackError, and leaves nothing running, when one of them cannot be had. */
export async function startBreakableStack(options: BreakableStackOptions): Promise<BreakableStack> {
  const scratch = makeScratchFolder();
  const starting: Starting = { ...options, newFolder: (name) => scratch.newFolder(name) };
  const endings: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(endings.map((end) => end()));
    scratch.remove();
  };
  try {
    const [{ brokers, controller }, redis] = await Promise.all([clusterOf(starting), redisOf(starting)]);
    endings.push(...[...brokers, redis].map((each) => () => each.stop()));
    const registry = await startRegistry(starting);
    endings.push(() => registry.stop());
    options.report("three brokers and Redis: starting");
    await Promise.all([...brokers, redis].map((each) => each.start()));
    const links = { registry: await linkTo(registry.address), redis: await linkTo(redis.address) };
    endings.push(
      () => links.registry.link.close(),
      () => links.redis.link.close(),
    );
    return {
      kafkaBrokers: brokers.map(({ address }) => address).join(","),
      brokers,
      controller,
      redis,
      redisLink: links.redis.link,
      redisUrl: links.redis.address,
      directRedisUrl: redis.address,
      redisCommand: (name, ...args) => command(redis.address, name, args),
      registryLink: links.registry.link,
      registryUrl: links.registry.address,
      directRegistryUrl: registry.address,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function clusterOf(starting: Starting): Promise<Pick<BreakableStack, "brokers" | "controller">> {
  const java = await newestJava(starting.env);
  if (java === undefined || java.version < kafkaJava) throw noJava(`kafka: Kafka ${kafkaVersion}`, kafkaJava, java);
  const classpath = join(await fetchKafka(java, starting), "*");
  const ports = await freePorts(6);
  const nodes = [1, 2, 3].map((id): KafkaNode => ({
    id,
    broker: ports[id * 2 - 2] ?? 0,
    controller: ports[id * 2 - 1] ?? 0,
  }));
  const clusterId = newClusterId();
  const folders = nodes.map(() => starting.newFolder("kafka"));
  const brokers = nodes.map((node, at) => {
    const folder = folders[at] ?? "";
    const spec = nodeCommand({ node, nodes, folder, clusterId, java, classpath, settings: clusterSettings });
    return breakableProcess({ name: `kafka ${String(node.id)}`, spec, folder, signal: starting.signal });
  });
  return {
    brokers,
    controller() {
      const broker = brokers[nodes.findIndex(({ id }) => id === quorumLeader(folders))];
      if (broker === undefined) throw new StackError("kafka: no broker says who leads the cluster");
      return broker;
    },
  };
}

async function redisOf(starting: Starting): Promise<BreakableProcess> {
  const executable = await findRedisServer(starting);
  const [port = 0] = await freePorts(1);
  const folder = starting.newFolder("redis");
  const address = `redis://127.0.0.1:${String(port)}`;
  const settings = {
    bind: "127.0.0.1",
    port: String(port),
    dir: folder,
    appendonly: "yes",
    appendfsync: "always",
    "maxmemory-policy": "noeviction",
  };
  const args = Object.entries(settings).flatMap(([key, value]) => [`--${key}`, value]);
  const spec = { command: executable, args, address, answers: () => redisAnswers(address) };
  return breakableProcess({ name: "redis", spec, folder, signal: starting.signal });
}

/** A link to the port of a URL, and the same URL through it. */
async function linkTo(url: Service["address"]): Promise<{ readonly link: Link; readonly address: string }> {
  const target = new URL(url);
  const link = await openLink(Number(target.port));
  return { link, address: url.replace(`:${target.port}`, `:${String(link.port)}`) };
}

async function command(url: string, name: string, args: readonly (string | Buffer)[]): Promise<unknown> {
  const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null });
  redis.on("error", () => {}); // the command rejects with it
  try {
    await redis.connect();
    return await redis.call(name, ...args);
  } finally {
    redis.disconnect();
  }
}
