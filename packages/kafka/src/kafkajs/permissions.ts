import { createRequire } from "node:module";

import type { PermissionAsker, Permissions, Told } from "../check-needs.ts";
import { kafkaError } from "../kafka-errors.ts";
import { bareCluster } from "./bare-cluster.ts";
import { newKafka } from "./kafkajs.ts";

/*
 * kafkajs 2.2.4 speaks no version of the requests that tells what a user may do. They are written and read here, and sent over
 * its connections. Layouts: kafka.apache.org/protocol.
 */

interface Encoder {
  writeInt8(value: number): Encoder;
  writeInt16(value: number): Encoder;
  writeInt64(value: number): Encoder;
  writeBoolean(value: boolean): Encoder;
  writeString(value: string): Encoder;
  writeArray(values: readonly unknown[]): Encoder;
}

interface Decoder {
  readInt16(): number;
  readInt32(): number;
  readBoolean(): boolean;
  readString(): string;
  readBytes(): Buffer;
  readArray<T>(read: (decoder: Decoder) => T): readonly T[];
}

interface Request<T> {
  readonly apiKey: number;
  readonly apiVersion: number;
  readonly apiName: string;
  readonly write: (encoder: Encoder) => Encoder;
  readonly read: (decoder: Decoder) => T;
}

interface Broker {
  readonly connectionPool: { send(request: object): Promise<unknown> };
  connect(): Promise<void>;
  disconnect(): Promise<void>;
}

interface AskedCluster {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  readonly connectionPoolBuilder: { build(at: Address): Promise<unknown> };
  readonly brokerPool: {
    readonly rootLogger: unknown;
    readonly versions: unknown;
    findConnectedBroker(): Promise<Broker>;
    createBroker(options: object): Broker;
  };
}

interface Address {
  readonly host: string;
  readonly port: number;
}

const load = createRequire(import.meta.url);
const { createErrorFromCode } = load("kafkajs/src/protocol/error.js") as {
  createErrorFromCode: (code: number) => Error;
};
const NewEncoder = load("kafkajs/src/protocol/encoder.js") as new () => Encoder;
const NewDecoder = load("kafkajs/src/protocol/decoder.js") as new (bytes: Buffer) => Decoder;

/** Reads so many fields that nobody asks for. */
function skip(count: number, read: () => unknown): void {
  for (let left = count; left > 0; left -= 1) read();
}

async function send<T>(broker: Broker, { apiKey, apiVersion, apiName, write, read }: Request<T>): Promise<T> {
  const answer = await broker.connectionPool.send({
    request: { apiKey, apiVersion, apiName, encode: () => write(new NewEncoder()) },
    response: { decode: (bytes: Buffer) => ({ read: read(new NewDecoder(bytes)) }), parse: (told: object) => told },
    logResponseError: false,
  });
  return (answer as { readonly read: T }).read;
}

const topicsRequest = (names: readonly string[]): Request<readonly (readonly [string, Told])[]> => ({
  apiKey: 3,
  apiVersion: 8,
  apiName: "Metadata",
  write: (encoder) => encoder.writeArray(names).writeBoolean(false).writeBoolean(false).writeBoolean(true),
  read(decoder) {
    decoder.readInt32(); // throttle
    decoder.readArray((broker) => [broker.readInt32(), broker.readString(), broker.readInt32(), broker.readString()]);
    decoder.readString(); // cluster
    decoder.readInt32(); // controller
    return decoder.readArray((topic) => {
      const code = topic.readInt16();
      const name = topic.readString();
      topic.readBoolean(); // internal
      topic.readArray(skipPartition);
      return [name, { code, operations: topic.readInt32() }];
    });
  },
});

function skipPartition(partition: Decoder): void {
  partition.readInt16(); // its code
  skip(3, () => partition.readInt32()); // index, leader, epoch
  skip(3, () => partition.readArray((replica) => replica.readInt32())); // all, in sync, offline
}

const groupRequest = (id: string): Request<Told> => ({
  apiKey: 15,
  apiVersion: 3,
  apiName: "DescribeGroups",
  write: (encoder) => encoder.writeArray([id]).writeBoolean(true),
  read(decoder) {
    decoder.readInt32(); // throttle
    const groups = decoder.readArray((group) => {
      const code = group.readInt16();
      skip(4, () => group.readString()); // id, state, type of protocol, protocol
      group.readArray((member) => {
        skip(3, () => member.readString()); // id, client, host
        skip(2, () => member.readBytes()); // metadata, assignment
      });
      return { code, operations: group.readInt32() };
    });
    return groups[0] ?? { code: notAvailable, operations: 0 };
  },
});

const endRequest = (id: string): Request<number> => ({
  apiKey: 26,
  apiVersion: 1,
  apiName: "EndTxn",
  write: (encoder) => encoder.writeString(id).writeInt64(-1).writeInt16(-1).writeBoolean(false),
  read(decoder) {
    decoder.readInt32(); // throttle
    return decoder.readInt16();
  },
});

const topicResource = 2;

const settingsRequest = (topic: string): Request<number> => ({
  apiKey: 32,
  apiVersion: 1,
  apiName: "DescribeConfigs",
  write: (encoder) => {
    const resource = new NewEncoder().writeInt8(topicResource).writeString(topic).writeArray(["cleanup.policy"]);
    return encoder.writeArray([resource]).writeBoolean(false);
  },
  read(decoder) {
    decoder.readInt32(); // throttle
    decoder.readInt32(); // one resource
    return decoder.readInt16();
  },
});

const coordinatorTypes = { group: 0, transaction: 1 } as const;
const notAvailable = 15;

const coordinatorRequest = (
  kind: keyof typeof coordinatorTypes,
  key: string,
): Request<Address & { readonly code: number }> => ({
  apiKey: 10,
  apiVersion: 1,
  apiName: "FindCoordinator",
  write: (encoder) => encoder.writeString(key).writeInt8(coordinatorTypes[kind]),
  read(decoder) {
    decoder.readInt32(); // throttle
    const code = decoder.readInt16();
    decoder.readString(); // its words
    decoder.readInt32(); // node
    return { code, host: decoder.readString(), port: decoder.readInt32() };
  },
});

/** What this user may do, asked over connections of kafkajs. */
export const permissions: Permissions = {
  known: kafkaError,
  errorOf: (code) => createErrorFromCode(code),
  async open(options) {
    // Each of the brokers is tried once: whoever asks tries again.
    const cluster = bareCluster<AskedCluster>(newKafka({ ...options, retries: options.brokers.length - 1 }));
    const ask = async <T>(request: Request<T>): Promise<T> =>
      send(await cluster.brokerPool.findConnectedBroker(), request);
    const askCoordinator = async <T>(
      kind: keyof typeof coordinatorTypes,
      key: string,
      { request, refused }: { readonly request: Request<T>; readonly refused: (code: number) => T },
    ): Promise<T> => {
      const { code, host, port } = await ask(coordinatorRequest(kind, key));
      if (code !== 0) return refused(code);
      const { rootLogger, versions } = cluster.brokerPool;
      const connectionPool = await cluster.connectionPoolBuilder.build({ host, port });
      const broker = cluster.brokerPool.createBroker({ logger: rootLogger, versions, connectionPool });
      try {
        await broker.connect();
        return await send(broker, request);
      } finally {
        await broker.disconnect().catch(() => undefined);
      }
    };
    const asker: PermissionAsker = {
      topics: async (names) => new Map(await ask(topicsRequest(names))),
      settings: (topic) => ask(settingsRequest(topic)),
      group: (id) =>
        askCoordinator("group", id, { request: groupRequest(id), refused: (code) => ({ code, operations: 0 }) }),
      transactionalId: (id) => askCoordinator("transaction", id, { request: endRequest(id), refused: (code) => code }),
      close: () => cluster.disconnect(),
    };
    try {
      await cluster.connect();
      return asker;
    } catch (error) {
      await asker.close().catch(() => undefined);
      throw error;
    }
  },
};
