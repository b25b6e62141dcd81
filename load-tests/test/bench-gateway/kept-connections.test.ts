import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { afterEach, expect, test } from "vitest";

import { keepConnections, wholeAnswer } from "../../src/bench-gateway/kept-connections.ts";

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(server: Server): Promise<URL> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return new URL(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
}

const request = (path: string, body = ""): Uint8Array =>
  Buffer.from(`POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`);

test("requests that follow each other share a connection, and those at a time have one each", async () => {
  let connections = 0;
  const server = createServer((asked, answer) => {
    asked.setEncoding("utf8");
    let body = "";
    asked.on("data", (some: string) => (body += some));
    asked.on("end", () => {
      const said = `${asked.url ?? ""} ${body}`;
      answer.writeHead(202, { "content-length": Buffer.byteLength(said) });
      answer.end(said);
    });
  });
  server.on("connection", () => (connections += 1));
  const kept = keepConnections(await serve(server));

  expect(await kept.send(request("/a", "ä"))).toEqual({ status: 202, body: "/a ä" });
  expect(await kept.send(request("/b", "x".repeat(300_000)))).toMatchObject({ status: 202 });
  expect(connections).toBe(1);
  const both = await Promise.all([kept.send(request("/c")), kept.send(request("/d"))]);
  expect(both.map(({ body }) => body)).toEqual(["/c ", "/d "]);
  expect(connections).toBe(2);
  kept.close();
});

test("a request whose connection ends before its answer rejects", async () => {
  const kept = keepConnections(await serve(createServer((asked) => asked.socket.destroy())));
  await expect(kept.send(request("/"))).rejects.toThrow(/closed|ECONNRESET/);
});

test("an answer is whole with its last byte, and none without a length or with more behind it", () => {
  const bytes = Buffer.from("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n{ä}");
  for (let to = 0; to < bytes.length; to++) expect(wholeAnswer(bytes.subarray(0, to))).toBeNull();
  expect(wholeAnswer(bytes)).toEqual({ status: 200, body: "{ä}" });
  expect(() => wholeAnswer(Buffer.concat([bytes, bytes]))).toThrow(/more/);
  expect(() => wholeAnswer(Buffer.from("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"))).toThrow(/length/);
});
