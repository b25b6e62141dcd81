import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { noteAddress, readAddresses, startHttpServer } from "@cordon/service";
import { afterEach, beforeEach, expect, test } from "vitest";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cordon-addresses-"));
  file = join(folder, "addresses.json");
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("a service that listens has written where, and nothing else lies beside it", async () => {
  const server = await startHttpServer({
    host: "127.0.0.1",
    port: 0,
    addressesFile: file,
    metrics: () => Promise.resolve({ contentType: "text/plain", body: "" }),
    health: () => ({ ok: true }),
    ready: () => ({ ok: true }),
  });
  expect(readAddresses(file)).toEqual({ pid: process.pid, urls: { http: server.url } });
  expect(readdirSync(folder)).toEqual(["addresses.json"]);
  await server.close();
});

test("a second address stands beside the first, and in the place of what another process left", () => {
  writeFileSync(file, JSON.stringify({ pid: 1, urls: { http: "http://gone", gateway: "http://gone" } }));
  noteAddress(file, "http", "http://127.0.0.1:1");
  expect(readAddresses(file)).toEqual({ pid: process.pid, urls: { http: "http://127.0.0.1:1" } });
  noteAddress(file, "gateway", "http://127.0.0.1:2");
  expect(readAddresses(file)?.urls).toEqual({ http: "http://127.0.0.1:1", gateway: "http://127.0.0.1:2" });
});

test("what a process of the same number left is replaced, too: in a container each is number 1", () => {
  writeFileSync(file, JSON.stringify({ pid: process.pid, urls: { http: "http://gone", gateway: "http://gone" } }));
  noteAddress(file, "http", "http://127.0.0.1:1");
  expect(readAddresses(file)?.urls).toEqual({ http: "http://127.0.0.1:1" });
});

test("without a file nothing is written; what cannot be written is a mistake of the configuration", () => {
  noteAddress(null, "http", "http://127.0.0.1:1");
  expect(readdirSync(folder)).toEqual([]);
  expect(() => {
    noteAddress(join(folder, "no", "such"), "http", "http://127.0.0.1:1");
  }).toThrow("ADDRESSES_FILE cannot be written");
});

test("what is no file of addresses says nothing", () => {
  expect(readAddresses(file)).toBeNull();
  writeFileSync(file, "{");
  expect(readAddresses(file)).toBeNull();
  writeFileSync(file, "[]");
  expect(readAddresses(file)).toBeNull();
  writeFileSync(file, '{"pid":1,"urls":null}');
  expect(readAddresses(file)).toBeNull();
});
