import { createRequire } from "node:module";

import kafkajs, { type Kafka as KafkaType, type logCreator, type RetryOptions } from "kafkajs";

import type { CompiledKafkaOptions } from "../options.ts";
import { type OffsetManager, readOnFromEarliest } from "../out-of-range.ts";
import { joinTogether } from "../shared-join.ts";
import {
  type Committer,
  connectedInFact,
  connectOnce,
  type Connection,
  type Coordinator,
  disconnectOwn,
  hangUpOnSilence,
  type KafkajsErrors,
  seekCommitter,
  seekCoordinator,
} from "../silent-broker.ts";
import { type FetchingGroup, rejoinAfterVanishing } from "../vanished-topic.ts";
import { accessOf } from "./access.ts";
import {
  type AgingPool,
  beatAfterJump,
  type BeatingGroup,
  keepByMonotonicClock,
  refreshAfterJump,
} from "./clock-jumps.ts";
import { type FetchedPartition, hideAborted, readFetchesOurselves } from "./fetched-records.ts";
import { createLogBridge } from "./log-bridge.ts";
import { producePacked, type ProducingBroker } from "./packed-produce.ts";

/** What of kafkajs 2.2.4 the patch of its timers touches. */
interface RequestQueue {
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  readonly pending: readonly unknown[];
  readonly throttledUntil: number;
  checkPendingRequests(): void;
  scheduleCheckPendingRequests(): void;
}

/** What of it the reading of committed records touches. */
interface Broker extends ProducingBroker, Coordinator {
  fetch: (
    this: unknown,
    request: unknown,
  ) => Promise<{ readonly responses: readonly { readonly partitions: readonly FetchedPartition[] }[] }>;
}

export const patchedVersion = "2.2.4";

const pollPendingMs = 10;

/**
 * kafkajs 2.2.4 re-arms a 1 ms timer on every connection for ever, which costs 5 % of a core when idle and warns of
 * negative timeouts under Node 24. The timer is needed only while requests are waiting to be sent.
 */
function schedulePendingCheck(this: RequestQueue): void {
  if (this.throttleCheckTimeoutId !== null || this.pending.length === 0) return;
  this.throttleCheckTimeoutId = setTimeout(
    () => {
      this.throttleCheckTimeoutId = null;
      this.checkPendingRequests();
    },
    Math.max(this.throttledUntil - Date.now(), pollPendingMs),
  );
}

function patch(): void {
  const load = createRequire(import.meta.url);
  const { version } = load("kafkajs/package.json") as { readonly version: string };
  // Another version has other insides, and none is safe as it is.
  if (version !== patchedVersion) throw new Error(`kafkajs ${version} is installed, and ${patchedVersion} is wanted`);
  const queue = load("kafkajs/src/network/requestQueue/index.js") as { readonly prototype: RequestQueue };
  queue.prototype.scheduleCheckPendingRequests = schedulePendingCheck;
  keepByMonotonicClock(queue.prototype, "throttledUntil");
  const socketRequest = load("kafkajs/src/network/requestQueue/socketRequest.js") as { readonly prototype: object };
  keepByMonotonicClock(socketRequest.prototype, "sentAt");
  const { prototype: broker } = load("kafkajs/src/broker/index.js") as { readonly prototype: Broker };
  const { fetch } = broker;
  broker.fetch = async function fetchCommitted(request) {
    const answer = await fetch.call(this, request);
    for (const { partitions } of answer.responses) for (const partition of partitions) hideAborted(partition);
    return answer;
  };
  broker.produce = producePacked(broker.produce);
  const errors = load("kafkajs/src/errors.js") as KafkajsErrors;
  broker.heartbeat = seekCoordinator(broker.heartbeat, errors);
  const { prototype: connection } = load("kafkajs/src/network/connection.js") as { readonly prototype: Connection };
  connection.send = hangUpOnSilence(connection.send, errors);
  connection.connect = connectOnce(connection.connect, errors);
  connection.isConnected = connectedInFact(connection.isConnected);
  connection.disconnect = disconnectOwn(connection.disconnect);
  const { prototype: offsets } = load("kafkajs/src/consumer/offsetManager/index.js") as {
    readonly prototype: Pick<OffsetManager, "setDefaultOffset"> & Pick<Committer, "getCoordinator">;
  };
  offsets.getCoordinator = seekCommitter;
  offsets.setDefaultOffset = readOnFromEarliest();
  const { prototype: group } = load("kafkajs/src/consumer/consumerGroup.js") as {
    readonly prototype: FetchingGroup & BeatingGroup;
  };
  group.heartbeat = beatAfterJump(group.heartbeat);
  const { prototype: pool } = load("kafkajs/src/cluster/brokerPool.js") as { readonly prototype: AgingPool };
  pool.refreshMetadataIfNecessary = refreshAfterJump(pool.refreshMetadataIfNecessary);
  group.joinAndSync = joinTogether(group.joinAndSync);
  Object.assign(group, rejoinAfterVanishing(group));
  readFetchesOurselves();
}

patch();

/** All of it is set: kafkajs has other defaults when NODE_ENV is "test". */
export function retryOptions(options: CompiledKafkaOptions): RetryOptions {
  return { retries: options.retries, initialRetryTime: 200, maxRetryTime: 3_000, factor: 0.2, multiplier: 2 };
}

/**
 * How long before a session ends kafkajs proves itself again, milliseconds. Brokers refuse whoever does that twice within a
 * second: with its default of 10 s it would, for each request, where a session lasts less than that.
 */
const reauthenticationThreshold = 3_000;

let clients = 0;

/** kafkajs calls on the first broker first. With each client on another one, a broker that hangs delays few of them. */
function startingElsewhere(brokers: readonly string[]): string[] {
  const at = clients++ % brokers.length;
  return [...brokers.slice(at), ...brokers.slice(0, at)];
}

/**
 * A kafkajs client of its own for each consumer, producer and admin: two consumers of one kafkajs client share their
 * memory of committed offsets, and each would clear the other's.
 */
export function newKafka(options: CompiledKafkaOptions): KafkaType {
  const creator: logCreator = createLogBridge(options.log);
  return new kafkajs.Kafka({
    ...accessOf(options),
    brokers: startingElsewhere(options.brokers),
    connectionTimeout: options.connectionTimeout,
    requestTimeout: options.requestTimeout,
    reauthenticationThreshold,
    retry: retryOptions(options),
    logLevel: kafkajs.logLevel.INFO,
    logCreator: creator,
  });
}
