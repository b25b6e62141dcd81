import { connect, type Socket } from "node:net";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { createWorld, type Running, startGateway, type World } from "../support/gateway-world.ts";
import { get, pacs008, post } from "../support/messages.ts";

let world: World;
const running: Running[] = [];
const sockets: Socket[] = [];
const start = async (env: Readonly<Record<string, string>> = {}): Promise<URL> => {
  const one = await startGateway(world, { env });
  running.push(one);
  return new URL(one.url);
};
beforeEach(async () => {
  world = await createWorld();
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const one of running.splice(0)) await one.stop();
});

/** A connection, and all that comes back on it. */
function open({ hostname, port }: URL): {
  readonly socket: Socket;
  readonly said: () => string;
  readonly closed: Promise<void>;
} {
  const socket = connect(Number(port), hostname);
  sockets.push(socket);
  let said = "";
  socket.on("data", (bytes) => (said += bytes.toString()));
  socket.on("error", () => undefined);
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  return { socket, said: () => said, closed };
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function quickProbe(url: URL): Promise<void> {
  const begun = Date.now();
  const { status } = await get(url.origin, "/healthz", { connection: "close" });
  expect(status).toBe(200);
  expect(Date.now() - begun).toBeLessThan(1000);
}

describe("slow clients", () => {
  test("210 connections that send a byte now and then keep no probe and no message waiting", async () => {
    const url = await start();
    const slow = Array.from({ length: 210 }, () => open(url));
    for (const { socket } of slow) socket.write("POST /v1/messages HTTP/1.1\r\nhost: x\r\n");
    for (let second = 0; second < 4; second++) {
      await quickProbe(url);
      for (const { socket } of slow) if (socket.writable) socket.write("x");
      await pause(300);
    }
    expect((await post(url.origin, pacs008("M1", ["Jan Kowal"]), { headers: { connection: "close" } })).status).toBe(
      202,
    );
  });

  test("with far more of them than are allowed the slowest make room, also for their own address", async () => {
    const url = await start({ GATEWAY_MAX_CONNECTIONS: "40", GATEWAY_MAX_CONNECTIONS_PER_ADDRESS: "20" });
    const slow = Array.from({ length: 120 }, () => open(url));
    await pause(100);
    await quickProbe(url);
    expect((await post(url.origin, pacs008("M1", ["Jan Kowal"]), { headers: { connection: "close" } })).status).toBe(
      202,
    );
    const left = slow.filter(({ socket }) => !socket.destroyed);
    expect(left.length).toBeLessThanOrEqual(20);
  });

  test("a request that is being answered makes room for nobody", async () => {
    const url = await start({ GATEWAY_MAX_CONNECTIONS: "10", GATEWAY_MAX_CONNECTIONS_PER_ADDRESS: "5" });
    const [id = ""] =
      (await post(url.origin, pacs008("M1", ["Jan Kowal"]))).body.events?.map(({ eventId }) => eventId) ?? [];
    const waiting = get(url.origin, `/v1/decisions/${id}?wait=20`);
    await pause(100);
    for (let number = 0; number < 50; number++) open(url);
    await pause(200);
    await world.decide(id, "CLEAR");
    expect((await waiting).body.outcome).toBe("CLEAR");
  });

  test("a head, and a body, that do not arrive in time end their connection", async () => {
    const url = await start({ GATEWAY_REQUEST_SECONDS: "1" });
    const [head, body] = [open(url), open(url)];
    head.socket.write("GET /healthz HT");
    body.socket.write(
      "POST /v1/messages HTTP/1.1\r\nhost: x\r\ncontent-type: text/xml\r\ncontent-length: 500\r\n\r\n<a>",
    );
    const begun = Date.now();
    await Promise.all([head.closed, body.closed]);
    expect(Date.now() - begun).toBeLessThan(5000);
    expect(head.said()).toContain("408");
    expect(world.events()).toHaveLength(0);
  });

  test("a client that goes away in the middle of its message leaves nothing behind", async () => {
    const url = await start({ GATEWAY_MAX_IN_FLIGHT: "2" });
    for (let number = 0; number < 6; number++) {
      const { socket, closed } = open(url);
      socket.write("POST /v1/messages HTTP/1.1\r\nhost: x\r\ncontent-type: text/xml\r\ncontent-length: 500\r\n\r\n<a>");
      await pause(20);
      socket.destroy();
      await closed;
    }
    await pause(50);
    expect((await post(url.origin, pacs008("M1", ["Jan Kowal"]))).status).toBe(202);
  });
});

describe("requests that are none", () => {
  const cases = [
    ["a head that is too large", `GET /healthz HTTP/1.1\r\nhost: x\r\nx: ${"y".repeat(20_000)}\r\n\r\n`, "431"],
    [
      "two lengths",
      "POST /v1/messages HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello!",
      "400",
    ],
    [
      "a length beside chunks",
      "POST /v1/messages HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
      "400",
    ],
    ["no HTTP", "\u0016\u0003\u0001hello\r\n\r\n", "400"],
    ["another method", "DELETE /v1/messages HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n", "404"],
    ["a path outside", "GET /../../etc/passwd HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n", "404"],
  ] as const;
  test.each(cases)("%s is refused, and its connection ends", async (_what, head, status) => {
    const one = open(await start());
    one.socket.write(head);
    await one.closed;
    expect(one.said()).toMatch(new RegExp(`^HTTP/1.1 ${status}`));
    expect(one.said()).not.toMatch(/fastify|node/i);
  });
});
