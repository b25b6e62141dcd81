import { CordonError } from "@cordon/errors";
import type { KafkaClientName, KafkaCompression, Logger, SaslLogin, TlsFiles } from "@cordon/service";

import { type Credentials, type KafkaSecrets, liveCredentials } from "./credentials.ts";

export type Compression = KafkaCompression;

/** How this client proves who it is. */
export type KafkaSasl = SaslLogin;

/** How to reach Kafka. What `kafkaConfig` yields fits, with a logger beside it. Times are in milliseconds. */
export interface KafkaClientOptions {
  /** `host:port` each. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  /** Default kafkajs. */
  readonly client?: KafkaClientName;
  /** `null`: no encryption. */
  readonly tls?: TlsFiles | null;
  readonly sasl?: KafkaSasl | null;
  /** `tls` and `sasl` as they are now, where they follow their files. Default: as they were at the start. */
  readonly secrets?: () => KafkaSecrets;
  /** What the library has to say goes here, without payloads. Absent: nowhere. */
  readonly log?: Logger;
  /** How long one attempt to connect may take. */
  readonly connectionTimeout?: number;
  /**
   * How long a broker may take to answer before it counts as hung and the others are asked who leads. Above the 9 s after
   * which a cluster gives up a broker that is silent, and takes its leadership away.
   */
  readonly requestTimeout?: number;
  /** How often an operation is tried again before it fails, with waits from 200 ms doubling to 3 s. */
  readonly retries?: number;
  /** How long `send` may take in all. */
  readonly sendTimeout?: number;
  /** How long `stop` waits for the batch in hand. */
  readonly stopTimeout?: number;
  /** Silence after which the group gives a member's partitions to others. */
  readonly sessionTimeout?: number;
  /** How long members have to finish their batch and join again when the group changes. */
  readonly rebalanceTimeout?: number;
  /** How many records one batch has at most. */
  readonly maxBatchRecords?: number;
  /** How many bytes of one partition, as stored, a fetch asks for. */
  readonly maxBytesPerPartition?: number;
  /** How many batches, of different partitions, are processed at the same time. */
  readonly concurrentPartitions?: number;
  readonly compression?: Compression;
  /** How long processed batches may wait to be committed together; 0 commits each by itself. A crash repeats what waits. */
  readonly commitInterval?: number;
}

export type CompiledKafkaOptions = Readonly<Required<Omit<KafkaClientOptions, "log" | "tls" | "sasl" | "secrets">>> & {
  readonly log: Logger | null;
  readonly credentials: Credentials;
};

/** kafkajs itself fails above some 120,000 records in one producer's batch: stay well below. */
const mostBatchRecords = 100_000;

/** How old a member's knowledge of the number of partitions may get, milliseconds: how soon added ones get an owner. */
export const layoutMaxAgeMs = 5_000;

const bounds = {
  connectionTimeout: [10, 600_000],
  requestTimeout: [1_000, 600_000],
  retries: [0, 100],
  sendTimeout: [10, 3_600_000],
  stopTimeout: [10, 3_600_000],
  sessionTimeout: [1_000, 1_800_000],
  rebalanceTimeout: [1_000, 3_600_000],
  maxBatchRecords: [1, mostBatchRecords],
  maxBytesPerPartition: [1_024, 64 * 1_048_576],
  concurrentPartitions: [1, 1_024],
  commitInterval: [0, 60_000],
} as const satisfies Partial<Record<keyof KafkaClientOptions, readonly [number, number]>>;

/** How long a leader may wait for its in-sync replicas, milliseconds: it must answer before it counts as hung. */
export const ackTimeout = ({ sendTimeout, requestTimeout }: CompiledKafkaOptions): number =>
  Math.min(sendTimeout, Math.floor(requestTimeout * 0.8));

/** Fills in the defaults and refuses what cannot work. Throws OPTIONS_INVALID. */
export function compileKafkaOptions(options: KafkaClientOptions): CompiledKafkaOptions {
  const { tls = null, sasl = null } = options;
  const compiled: CompiledKafkaOptions = {
    brokers: [...options.brokers],
    clientId: options.clientId,
    client: options.client ?? "kafkajs",
    credentials: liveCredentials({ tls, sasl }, options.secrets ?? (() => ({ tls, sasl }))),
    log: options.log ?? null,
    connectionTimeout: options.connectionTimeout ?? 3_000,
    requestTimeout: options.requestTimeout ?? 15_000,
    retries: options.retries ?? 8,
    sendTimeout: options.sendTimeout ?? 30_000,
    stopTimeout: options.stopTimeout ?? 30_000,
    sessionTimeout: options.sessionTimeout ?? 30_000,
    rebalanceTimeout: options.rebalanceTimeout ?? 60_000,
    maxBatchRecords: options.maxBatchRecords ?? 10_000,
    maxBytesPerPartition: options.maxBytesPerPartition ?? 1_048_576,
    concurrentPartitions: options.concurrentPartitions ?? 1,
    compression: options.compression ?? "none",
    commitInterval: options.commitInterval ?? 250,
  };
  if (compiled.brokers.length === 0) throw new CordonError("OPTIONS_INVALID", "Kafka needs at least one broker");
  for (const [name, [least, most]] of Object.entries(bounds)) {
    const value = compiled[name as keyof typeof bounds];
    if (!(Number.isInteger(value) && value >= least && value <= most))
      throw new CordonError("OPTIONS_INVALID", `${name} must be an integer from ${String(least)} to ${String(most)}`);
  }
  return Object.freeze(compiled);
}
