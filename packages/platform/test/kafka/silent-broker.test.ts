import { expect, test } from "vitest";

import {
  type Call,
  connectOnce,
  type Connection,
  type Coordinator,
  hangUpOnSilence,
  type KafkajsErrors,
  seekCoordinator,
} from "../../src/kafka/silent-broker.ts";

const named = (name: string): Error => Object.assign(new Error(name), { name });

const errors: KafkajsErrors = {
  KafkaJSConnectionError: class extends Error {
    override readonly name = "KafkaJSConnectionError";
  },
  KafkaJSConnectionClosedError: class extends Error {
    override readonly name = "KafkaJSConnectionClosedError";
    readonly at: unknown;
    constructor(message: string, at: unknown) {
      super(message);
      this.at = at;
    }
  },
  KafkaJSProtocolError: class extends Error {
    override readonly name = "KafkaJSProtocolError";
    readonly type: string;
    constructor({ type, message }: { readonly type: string; readonly message: string }) {
      super(message);
      this.type = type;
    }
  },
};

const metadata: Call = { request: { apiName: "Metadata" }, requestTimeout: null };

function connectionThat(answers: () => Promise<unknown>) {
  const done: string[] = [];
  const connection: Connection = {
    host: "broker",
    port: 9092,
    socket: { destroy: () => done.push("destroyed") },
    send: hangUpOnSilence(answers, errors),
    connect: async () => Promise.resolve(),
    rejectRequests: ({ name }) => done.push(`rejected with ${name}`),
    disconnect: async () => Promise.resolve(done.push("disconnected")),
  };
  return { connection, done };
}

test("a broker that does not answer in time is hung up on, with all that waits for it, and counts as gone", async () => {
  const { connection, done } = connectionThat(async () => Promise.reject(named("KafkaJSRequestTimeoutError")));
  await expect(connection.send(metadata)).rejects.toMatchObject({
    name: "KafkaJSConnectionClosedError",
    at: { host: "broker", port: 9092 },
  });
  expect(done).toEqual(["rejected with KafkaJSConnectionClosedError", "destroyed", "disconnected"]);
});

test("a broker that takes the connection and does not greet within the time to connect is turned away from", async () => {
  const { connection, done } = connectionThat(async () => new Promise(() => undefined));
  const greeting: Call = { request: { apiName: "ApiVersions" }, requestTimeout: 20 };
  await expect(connection.send(greeting)).rejects.toMatchObject({ name: "KafkaJSConnectionError" });
  expect(done).toEqual(["rejected with KafkaJSConnectionError", "destroyed", "disconnected"]);
  const good = connectionThat(async () => Promise.resolve("versions"));
  expect(await good.connection.send(greeting)).toBe("versions");
});

test("who connects while another does shares its socket, and a later one opens a new one", async () => {
  let sockets = 0;
  const { connection } = connectionThat(async () => Promise.resolve());
  const shared: Connection = {
    ...connection,
    connect: connectOnce(async () => {
      sockets += 1;
      return new Promise((resolve) => setTimeout(resolve, 10));
    }),
  };
  await Promise.all([shared.connect(), shared.connect(), shared.connect()]);
  expect(sockets).toBe(1);
  await shared.connect();
  expect(sockets).toBe(2);
});

test("an answer, and an error that a broker gave, leave the connection alone", async () => {
  const good = connectionThat(async () => Promise.resolve("answer"));
  expect(await good.connection.send(metadata)).toBe("answer");
  const bad = connectionThat(async () => Promise.reject(named("KafkaJSProtocolError")));
  await expect(bad.connection.send(metadata)).rejects.toMatchObject({ name: "KafkaJSProtocolError" });
  expect([...good.done, ...bad.done]).toEqual([]);
});

function coordinatorThat(refusal: Error): Coordinator {
  const refuse = async (): Promise<never> => {
    throw refusal;
  };
  return { heartbeat: seekCoordinator(refuse, errors) };
}

test("a coordinator that cannot be reached is sought anew; what it says itself stands", async () => {
  for (const name of ["KafkaJSConnectionError", "KafkaJSConnectionClosedError", "KafkaJSRequestTimeoutError"])
    await expect(coordinatorThat(named(name)).heartbeat({})).rejects.toMatchObject({
      type: "NOT_COORDINATOR_FOR_GROUP",
    });
  const said = Object.assign(named("KafkaJSProtocolError"), { type: "UNKNOWN_MEMBER_ID" });
  await expect(coordinatorThat(said).heartbeat({})).rejects.toBe(said);
});
