import dns from "node:dns";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

import { silentLogger } from "@cordon/service";
import { afterEach, expect, test, vi } from "vitest";

import { type Database, openDatabase } from "../../src/database/connect.ts";

const opened: Database[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  for (const database of opened.splice(0)) await database.close();
});

function open(host: string, answerMs?: number): Database {
  const url = `postgres://desk@${host}/desk`;
  const database = openDatabase({
    url,
    role: null,
    connections: 2,
    logger: silentLogger,
    ...(answerMs === undefined ? {} : { answerMs }),
  });
  opened.push(database);
  return database;
}

/** A server that lets everybody in, and then answers nothing, as one whose machine is gone. */
async function silentServer() {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => undefined);
    // AuthenticationOk, ReadyForQuery.
    socket.once("data", () => socket.write(Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49])));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${String(port)}`,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

test.each(["a statement", "a transaction"])(
  "%s that is never answered ends as an outage",
  async (what) => {
    const server = await silentServer();
    try {
      const database = open(server.host, 100);
      const asked =
        what === "a statement" ? database.query("SELECT 1") : database.transaction((tx) => tx.query("SELECT 1"));
      await expect(asked).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
    } finally {
      server.close();
    }
  },
  10_000,
);

test.each(["EAI_AGAIN", "ENOTFOUND"])("a server whose name has no answer (%s) is away", async (code) => {
  vi.spyOn(dns, "lookup").mockImplementation(((_host: string, _options: object, tell: (error: Error) => void) => {
    tell(Object.assign(new Error(`getaddrinfo ${code} db`), { code }));
  }) as never);
  await expect(open("db").query("SELECT 1")).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
});
