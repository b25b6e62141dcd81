import { createRequire } from "node:module";
import { type AddressInfo, connect as connectPlain, createServer, Socket } from "node:net";

import { afterEach, expect, test, vi } from "vitest";

import "../src/kafkajs/kafkajs.ts";
import { askVersions, createSilences, type Silences, suspectAfterMs, unlessSilent } from "../src/silences.ts";
import {
  type Call,
  connectedInFact,
  connectOnce,
  type Connection,
  type Coordinator,
  disconnectOwn,
  hangUpOnSilence,
  type KafkajsErrors,
  seekCommitter,
  seekCoordinator,
} from "../src/silent-broker.ts";

afterEach(() => {
  vi.useRealTimers();
});

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

function connectionThat(answers: () => Promise<unknown>, of?: Silences) {
  const done: string[] = [];
  const connection: Connection = {
    host: "broker",
    port: 9092,
    socket: { destroy: () => done.push("destroyed") },
    send: hangUpOnSilence(answers, errors, of),
    isConnected: () => true,
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
    }, errors),
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

test("a commit goes to whoever coordinates the group now, when the broker that did has gone", async () => {
  const asked: string[] = [];
  const next = { isConnected: () => true };
  const committer = {
    groupId: "group",
    coordinator: { isConnected: () => false },
    cluster: {
      findGroupCoordinator: async ({ groupId }: { readonly groupId: string }) => {
        asked.push(groupId);
        return Promise.resolve(next);
      },
    },
    getCoordinator: seekCommitter,
  };
  await expect(committer.getCoordinator()).resolves.toBe(next);
  await expect(committer.getCoordinator()).resolves.toBe(next);
  expect(asked).toEqual(["group"]);
});

const broker = { host: "broker", port: 9092 };
const hangUp = (): Error => new Error("hung up");
const greets = ({ port }: { readonly port: number }): Promise<boolean> => askVersions({ host: "127.0.0.1", port });
const isConnection = (socket: object | undefined): boolean =>
  connectedInFact(() => true).call({ socket } as unknown as Connection);

test("a broker that hangs is hung up on by everybody who waits for it, at once, and asked by nobody until it answers", async () => {
  vi.useFakeTimers();
  const answers = { now: false };
  const silences = createSilences(async ({ host }) => Promise.resolve(host !== broker.host || answers.now));
  // Another one answers.
  silences.suspect({ host: "other", port: 9092 });
  const hanging = () => connectionThat(async () => new Promise(() => undefined), silences);
  const first = hanging();
  const waiting = [first, hanging(), hanging()];
  const outcomes = waiting.map(({ connection }) => connection.send(metadata));
  const settled = Promise.allSettled(outcomes);
  await vi.advanceTimersByTimeAsync(suspectAfterMs + 1);
  expect((await settled).map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  for (const { done } of waiting)
    expect(done).toEqual(["rejected with KafkaJSConnectionClosedError", "destroyed", "disconnected"]);
  const connect = connectOnce(async () => Promise.resolve("connected"), errors, silences);
  const fresh: Connection = { ...first.connection, connect };
  await expect(fresh.connect()).rejects.toMatchObject({ name: "KafkaJSConnectionError" });
  // Nor over a connection that was idle at that moment.
  await expect(hanging().connection.send(metadata)).rejects.toMatchObject({ name: "KafkaJSConnectionClosedError" });
  answers.now = true;
  await vi.advanceTimersByTimeAsync(1_001);
  expect(silences.mayAsk(broker)).toBe(true);
  await expect(fresh.connect()).resolves.toBe("connected");
});

test("a broker that is slow with one answer and quick with others is waited for", async () => {
  vi.useFakeTimers();
  const slow = Promise.withResolvers<string>();
  const probes: unknown[] = [];
  const silences = createSilences(async (address) => {
    probes.push(address);
    return Promise.resolve(true);
  });
  const { connection, done } = connectionThat(async () => slow.promise, silences);
  const answer = connection.send(metadata);
  await vi.advanceTimersByTimeAsync(suspectAfterMs * 4 + 1);
  expect(probes.length).toBe(4);
  slow.resolve("at last");
  expect(await answer).toBe("at last");
  expect(done).toEqual([]);
  await vi.advanceTimersByTimeAsync(suspectAfterMs * 4);
  expect(probes.length).toBe(4);
});

test("an answer and an error that come in time are passed on, and nothing is left behind", async () => {
  const silences = createSilences(async ({ host }) => Promise.resolve(host !== broker.host));
  silences.suspect({ host: "other", port: 9092 });
  await expect(unlessSilent(Promise.resolve(7), broker, { hangUp, of: silences })).resolves.toBe(7);
  const refusal = new Error("refused");
  await expect(unlessSilent(Promise.reject(refusal), broker, { hangUp, of: silences })).rejects.toBe(refusal);
  silences.suspect(broker);
  await vi.waitFor(() => {
    expect(silences.mayAsk(broker)).toBe(false);
  });
});

test("where no broker answers each is asked as ever: the trouble may be our own", async () => {
  vi.useFakeTimers();
  const answers = new Set<string>();
  const silences = createSilences(async ({ host }) => Promise.resolve(answers.has(host)));
  const [one, two] = [broker, { host: "other", port: 9092 }];
  for (const each of [one, two]) silences.suspect(each);
  await vi.advanceTimersByTimeAsync(1);
  expect([silences.mayAsk(one), silences.mayAsk(two)]).toEqual([true, true]);
  answers.add("other");
  await vi.advanceTimersByTimeAsync(1_001);
  expect([silences.mayAsk(one), silences.mayAsk(two)]).toEqual([false, true]);
});

/** A port on which connections are taken, and answered or not. */
async function listening(onConnection: (socket: Socket) => void): Promise<{ port: number; close: () => void }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    onConnection(socket);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const close = (): void => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { port: (server.address() as AddressInfo).port, close };
}

test("who takes a connection and says nothing hangs; who answers, closes or refuses does not", async () => {
  const silent = await listening(() => undefined);
  const answering = await listening((socket) => {
    socket.on("data", () => socket.write(Buffer.alloc(10)));
  });
  const closing = await listening((socket) => {
    socket.destroy();
  });
  const gone = await listening(() => undefined);
  gone.close();
  try {
    expect(await Promise.all([silent, answering, closing, gone].map(greets))).toEqual([false, true, true, true]);
  } finally {
    for (const { close } of [silent, answering, closing]) close();
  }
});

interface RealConnection extends Connection {
  connectionStatus: string;
  socket: Socket;
  correlationId: number;
}

/** A connection of kafkajs as it is patched, over sockets that a test makes. */
function kafkajsConnection(
  socketFactory: (options: { readonly onConnect: () => void }) => Socket,
  port = 9092,
): RealConnection {
  const load = createRequire(import.meta.url);
  const KafkajsConnection = load("kafkajs/src/network/connection.js") as new (options: object) => RealConnection;
  const log = { namespace: () => log, debug: () => undefined, error: () => undefined, warn: () => undefined };
  const limits = { connectionTimeout: 1_000, requestTimeout: 10_000 };
  return new KafkajsConnection({ host: "127.0.0.1", port, logger: log, socketFactory, ...limits });
}

const KafkajsEncoder = createRequire(import.meta.url)("kafkajs/src/protocol/encoder.js") as new () => object;

const anyRequest = {
  request: { apiKey: 3, apiName: "Metadata", apiVersion: 0, encode: async () => Promise.resolve(new KafkajsEncoder()) },
  response: {},
} as unknown as Call;

test("nothing is written to a socket that still connects, whatever kafkajs believes: no listener is left on it", async () => {
  const sockets: Socket[] = [];
  const connection = kafkajsConnection(() => {
    const socket = new Socket();
    Object.defineProperty(socket, "connecting", { value: true });
    sockets.push(socket);
    return socket;
  });
  void connection.connect().catch(() => undefined);
  await vi.waitFor(() => {
    expect(sockets).toHaveLength(1);
  });
  // As a disconnection that ends late, or the socket before that connects late, leaves it.
  connection.connectionStatus = "connected";
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => connection.send(anyRequest)));
  expect(outcomes.filter(({ status }) => status === "rejected")).toHaveLength(20);
  expect(sockets[0]?.listenerCount("connect")).toBeLessThanOrEqual(1);
  connection.socket.destroy();
});

test("a socket that was hung up on is let go of once, however many requests waited: no listener gathers on it", async () => {
  const silent = await listening(() => undefined);
  const connection = kafkajsConnection(
    ({ onConnect }) => connectPlain(silent.port, "127.0.0.1", onConnect),
    silent.port,
  );
  const warnings: string[] = [];
  const note = (warning: Error): void => void warnings.push(warning.name);
  process.on("warning", note);
  try {
    await connection.connect();
    const outcomes = Promise.allSettled(Array.from({ length: 30 }, () => connection.send(anyRequest)));
    const { socket } = connection;
    expect((await outcomes).filter(({ status }) => status === "rejected")).toHaveLength(30);
    for (let more = 0; more < 30; more++) await connection.disconnect();
    expect(socket.destroyed).toBe(true);
    expect(socket.listenerCount("connect")).toBeLessThanOrEqual(2);
    expect(warnings).toEqual([]);
  } finally {
    process.off("warning", note);
    silent.close();
  }
}, 15_000);

test("a disconnection that ends late leaves alone the socket that was opened meanwhile", async () => {
  const waited = Promise.withResolvers<void>();
  const ended: string[] = [];
  const socket = (name: string) => ({
    destroy: () => undefined,
    end: () => ended.push(name),
    connecting: false,
    destroyed: false,
  });
  const own: Record<string, unknown> & { socket: { end: () => unknown } } = {
    socket: socket("first"),
    requestQueue: { destroy: () => ended.push("queue") },
    connectionStatus: "connected",
  };
  const disconnect = disconnectOwn(async function (this: Connection) {
    const self = this as unknown as typeof own;
    await waited.promise;
    (self["requestQueue"] as { destroy: () => void }).destroy();
    self.socket.end();
    self["connectionStatus"] = "disconnected";
  });
  const ending = disconnect.call(own as unknown as Connection);
  own.socket = socket("second");
  waited.resolve();
  await ending;
  expect(ended).toEqual(["first"]);
  expect(own["connectionStatus"]).toBe("connected");
});

test("a connection whose socket is gone is none", () => {
  expect([undefined, { connecting: true }, { destroyed: true }, {}].map(isConnection)).toEqual([
    false,
    false,
    false,
    true,
  ]);
});
