import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { type Link, openLink } from "../../src/breakable/link.ts";

let echo: Server;
let link: Link;
let client: Socket;
let heard: string;

beforeEach(async () => {
  echo = createServer((socket) => {
    socket.on("error", () => {});
    socket.pipe(socket);
  });
  echo.listen(0, "127.0.0.1");
  await once(echo, "listening");
  link = await openLink((echo.address() as AddressInfo).port);
  heard = "";
  client = await connected();
});

afterEach(async () => {
  client.destroy();
  await link.close();
  echo.close();
});

async function connected(): Promise<Socket> {
  const socket = connect(link.port, "127.0.0.1");
  socket.on("data", (bytes: Buffer) => (heard += bytes.toString()));
  socket.on("error", () => {});
  await once(socket, "connect");
  return socket;
}

describe("a link", () => {
  test("carries bytes both ways while it is open", async () => {
    client.write("hello");
    await expect.poll(() => heard).toBe("hello");
  });

  test("cuts what is connected and refuses the next when it is refused", async () => {
    client.write("before");
    await expect.poll(() => heard).toBe("before");
    await link.set({ kind: "refused" });
    await expect.poll(() => client.closed).toBe(true);
    const [error] = (await once(connect(link.port, "127.0.0.1"), "error")) as [NodeJS.ErrnoException];
    expect(error.code).toBe("ECONNREFUSED");
  });

  test("answers at the same port when it is open again", async () => {
    await link.set({ kind: "refused" });
    await link.set({ kind: "open" });
    client = await connected();
    client.write("again");
    await expect.poll(() => heard).toBe("again");
  });

  test("takes connections and keeps every byte to itself while it is silent", async () => {
    await link.set({ kind: "silent" });
    client.write("held");
    await sleep(100);
    expect(heard).toBe("");
    await link.set({ kind: "open" });
    await expect.poll(() => heard).toBe("held");
  });

  test("keeps the order of answers that it delays", async () => {
    await link.set({ kind: "slow", milliseconds: 150 });
    const began = performance.now();
    client.write("one ");
    await sleep(20);
    await link.set({ kind: "slow", milliseconds: 1 });
    client.write("two");
    await expect.poll(() => heard).toBe("one two");
    expect(performance.now() - began).toBeGreaterThan(140);
  });
});
