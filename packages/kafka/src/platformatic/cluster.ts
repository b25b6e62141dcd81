import { isIP } from "node:net";

import { backOffMs, tlsFaultOf } from "@cordon/service";
import {
  type Broker,
  type Connection,
  type ConnectionOptions,
  ConnectionPool,
  metadataV12,
  protocolErrorsCodesById,
  type SASLMechanismValue,
} from "@platformatic/kafka";

import { topicAbsent } from "../client-errors.ts";
import { type LiveSasl, tlsFields } from "../credentials.ts";
import { late, sleep, withDeadline } from "../deadline.ts";
import type { CompiledKafkaOptions } from "../options.ts";
import { addressOf, type BrokerAddress, silences, unlessSilent } from "../silences.ts";
import { BrokerError, isOutage, NoAnswer } from "./protocol-errors.ts";

/**
 * Which connection a request takes. A broker answers the requests of one connection one after another, and holds a
 * fetch or a join back for as long as it may: what must not wait behind them goes its own way.
 */
export type Lane = "control" | "group" | "data";

export interface AskOptions {
  readonly lane: Lane;
  /** The broker's address, or any broker that can be reached. */
  readonly broker: Broker | "any";
  /** How long the answer may take, milliseconds. */
  readonly within: number;
}

export interface TopicLayout {
  /** Node id of each partition's leader, by partition; -1 where there is none. */
  readonly leaders: readonly number[];
  readonly replicas: readonly number[];
  /** Another one where a topic of that name was deleted and made anew. */
  readonly id: string;
}

/** What one client knows of the brokers, and its connections to them. */
export interface Cluster {
  readonly options: CompiledKafkaOptions;
  /**
   * Layouts of topics, remembered for some minutes, or `maxAgeMs`, or until `forget`. A topic that does not exist is missing in the
   * answer.
   */
  layouts(topics: readonly string[], maxAgeMs?: number): Promise<ReadonlyMap<string, TopicLayout>>;
  /** Rejects with TOPIC_UNSUITABLE when there is no such topic. */
  layout(topic: string): Promise<TopicLayout>;
  /** The layouts are wrong: a leader moved. */
  forget(): void;
  /** Finds out who the brokers are. Rejects when none answers. */
  connect(): Promise<void>;
  brokerOf(node: number): Broker;
  controller(): Broker | "any";
  /** One request. Rejects with `NoAnswer` after `within`, and then closes the connection: what else it carries fails too. */
  ask<T>(call: (connection: Connection) => Promise<T>, options: AskOptions): Promise<T>;
  /** Repeats `work` with pauses while an outage lasts, at most `options.retries` times. */
  withRetries<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Partition counts can only grow, and rarely do. */
const usualMaxAgeMs = 300_000;
const pauses = { firstMs: 200, mostMs: 3_000 };

/** How long a broker may take for what it answers at once. */
export const answerMs = 10_000;

const mechanisms: Readonly<Record<Exclude<LiveSasl["mechanism"], "oauthbearer">, SASLMechanismValue>> = {
  plain: "PLAIN",
  "scram-sha-256": "SCRAM-SHA-256",
  "scram-sha-512": "SCRAM-SHA-512",
};

/** How the library is told to connect. Every time limit is our own; its own comes later, if at all. */
export function connectionOptions(options: CompiledKafkaOptions): ConnectionOptions {
  const { tls, sasl } = options.credentials;
  return {
    connectTimeout: options.connectionTimeout,
    requestTimeout: options.rebalanceTimeout + 60_000,
    ...(tls === null
      ? {}
      : {
          tls: tlsFields(tls),
          // The library sends no server name unless it is told to, and hosted brokers want one; an address may not be one.
          tlsServerName: options.brokers.some((broker) => isIP(addressOf(broker).host) === 0),
        }),
    ...(sasl === null ? {} : { sasl: saslOptions(sasl) }),
  };
}

/** The library asks for what is a function each time that it proves who it is. */
function saslOptions(sasl: LiveSasl): NonNullable<ConnectionOptions["sasl"]> {
  if (sasl.mechanism === "oauthbearer") return { mechanism: "OAUTHBEARER", token: () => sasl.tokens.token() };
  return { mechanism: mechanisms[sasl.mechanism], username: () => sasl.username, password: () => sasl.password };
}

export const codeName = (code: number): string => protocolErrorsCodesById[code] ?? `code ${String(code)}`;

/** How long to wait before the try after that many failures. */
export const pauseAfter = (failures: number): number => backOffMs(failures, pauses);

const nameOfBroker = ({ host = "", port = 0 }: Connection): string => `${host}:${String(port)}`;

/** What the other side said before it hung up: to the requests that were under way, the library tells only that it did. */
const lastWords = new WeakMap<Connection, unknown>();

function openPool(options: CompiledKafkaOptions): ConnectionPool {
  const pool = new ConnectionPool(options.clientId, connectionOptions(options));
  // The library listens once for a connection's errors; a second one would end the process.
  pool.on("connecting", ({ connection }) => {
    connection.on("error", (error: unknown) => {
      lastWords.set(connection, error);
    });
  });
  return pool;
}

/** The library's own "Connection closed" gives way to why. */
async function withLastWords<T>(connection: Connection, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const said = lastWords.get(connection);
    const isBare = error instanceof Error && error.message === "Connection closed";
    throw isBare && said !== undefined ? said : error;
  }
}

export function createCluster(options: CompiledKafkaOptions): Cluster {
  const pools: Readonly<Record<Lane, ConnectionPool>> = {
    control: openPool(options),
    group: openPool(options),
    data: openPool(options),
  };
  const bootstrap = options.brokers.map(addressOf);
  const { tls: secured = null } = connectionOptions(options);
  let brokers: ReadonlyMap<number, Broker> = new Map();
  let controllerId = -1;
  let known = new Map<string, { readonly layout: TopicLayout; readonly at: number }>();
  let turn = 0;
  let closed = false;

  async function connectAny(lane: Lane): Promise<Connection> {
    const candidates = [...brokers.values(), ...bootstrap];
    let failure: unknown = new NoAnswer("no broker is known");
    for (let tried = 0; tried < candidates.length; tried += 1) {
      const candidate = candidates[(turn + tried) % candidates.length];
      if (candidate === undefined) break;
      if (!silences.mayAsk(candidate)) continue;
      try {
        const connection = await connectTo(candidate, lane);
        turn += tried;
        return connection;
      } catch (error) {
        if (!isOutage(error)) throw error;
        failure = error;
      }
    }
    turn += 1;
    throw failure;
  }

  async function ask<T>(
    call: (connection: Connection) => Promise<T>,
    { lane, broker, within }: AskOptions,
  ): Promise<T> {
    if (closed) throw new NoAnswer("the client is closed");
    const connection = broker === "any" ? await connectAny(lane) : await connectTo(broker, lane);
    const hangUp = (why: string): Error => {
      // Whoever does not answer may be frozen: the next try goes to somebody else, over a new connection.
      turn += 1;
      if (!connection.socket.destroyed)
        options.log?.warn("hung up on a broker", { kafka_broker: nameOfBroker(connection), reason: why });
      connection.socket.destroy();
      return new NoAnswer(why);
    };
    const answer = unlessSilent(withLastWords(connection, call(connection)), addressOfConnection(connection, broker), {
      hangUp: () => hangUp("the broker hangs"),
    });
    const outcome = await withDeadline(answer, within);
    if (outcome === late) throw hangUp(`no answer within ${String(within)} ms`);
    return outcome;
  }

  const addressed = (broker: Broker): BrokerAddress => ({ host: broker.host, port: broker.port, tls: secured });

  function addressOfConnection({ host, port }: Connection, asked: Broker | "any"): BrokerAddress {
    if (asked !== "any") return addressed(asked);
    return { host: host ?? "", port: port ?? 0, tls: secured };
  }

  async function connectTo(broker: Broker, lane: Lane): Promise<Connection> {
    if (!silences.mayAsk(broker)) throw new NoAnswer("the broker hangs");
    // Before a broker greets there is nothing to hang up on: the library's own limit ends it.
    return unlessSilent(pools[lane].get(broker), addressed(broker), { hangUp: () => new NoAnswer("the broker hangs") });
  }

  async function withRetries<T>(work: () => Promise<T>): Promise<T> {
    for (let failures = 1; ; failures += 1) {
      try {
        return await work();
      } catch (error) {
        // What no handshake comes of is mostly a setting: whoever waits is told at once.
        if (!isOutage(error) || tlsFaultOf(error) !== null || failures > options.retries || closed) throw error;
        await sleep(pauseAfter(failures));
      }
    }
  }

  async function fetchMetadata(topics: readonly string[]): Promise<void> {
    const response = await ask(
      (connection) =>
        metadataV12.api.async(connection, [...topics], false, false).catch((error: unknown) => {
          // One topic's fault spoils the whole answer for the library; each topic carries its own.
          const { response: told } = error as { readonly response?: metadataV12.MetadataResponse };
          if (told === undefined) throw error;
          return told;
        }),
      { lane: "control", broker: "any", within: answerMs },
    );
    brokers = new Map(response.brokers.map(({ nodeId, host, port }) => [nodeId, { host, port }]));
    controllerId = response.controllerId;
    const at = performance.now();
    for (const { name, errorCode, partitions, topicId } of response.topics) {
      if (name === null || name === undefined) continue;
      const code = codeName(errorCode);
      if (code === "UNKNOWN_TOPIC_OR_PARTITION") known.delete(name);
      else if (errorCode !== 0 && partitions.length === 0) throw new BrokerError(code, `topic ${name}`);
      else {
        const sorted = partitions.toSorted((a, b) => a.partitionIndex - b.partitionIndex);
        const layout = {
          leaders: sorted.map(({ leaderId }) => leaderId),
          replicas: sorted.map(({ replicaNodes }) => replicaNodes.length),
          id: topicId,
        };
        known.set(name, { layout, at });
      }
    }
  }

  async function layouts(
    topics: readonly string[],
    maxAgeMs = usualMaxAgeMs,
  ): Promise<ReadonlyMap<string, TopicLayout>> {
    const oldest = performance.now() - maxAgeMs;
    const wanted = topics.filter((topic) => (known.get(topic)?.at ?? Number.NEGATIVE_INFINITY) < oldest);
    if (wanted.length > 0) await fetchMetadata(wanted);
    const found = new Map<string, TopicLayout>();
    for (const topic of topics) {
      const entry = known.get(topic);
      if (entry !== undefined) found.set(topic, entry.layout);
    }
    return found;
  }

  return {
    options,
    layouts,
    async layout(topic) {
      const layout = (await layouts([topic])).get(topic);
      if (layout === undefined) throw topicAbsent(topic, new BrokerError("UNKNOWN_TOPIC_OR_PARTITION", topic));
      return layout;
    },
    forget() {
      known = new Map();
    },
    async connect() {
      await fetchMetadata([]);
    },
    brokerOf(node) {
      const broker = brokers.get(node);
      if (broker === undefined) throw new BrokerError("LEADER_NOT_AVAILABLE", `no broker ${String(node)} is known`);
      return broker;
    },
    controller: () => brokers.get(controllerId) ?? "any",
    ask,
    withRetries,
    async close() {
      closed = true;
      const connections = Object.values(pools).flatMap((pool) => [...pool].map(([, connection]) => connection));
      const closing = Promise.allSettled(Object.values(pools).map((pool) => pool.close()));
      // A broker that hangs would keep a polite close waiting.
      setTimeout(() => {
        for (const { socket } of connections) socket.destroy();
      }, 1_000).unref();
      await closing;
    },
  };
}
