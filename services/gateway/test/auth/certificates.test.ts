import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Identity, makeAuthority, makeCertificate } from "@cordon/local-stack";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

import { createWorld, type Running, startGateway, type World } from "../support/gateway-world.ts";
import { pacs008 } from "../support/messages.ts";

const folder = mkdtempSync(join(tmpdir(), "cordon-gateway-tls-"));
const env = {
  GATEWAY_AUTH: "required",
  GATEWAY_TLS_CERT_FILE: join(folder, "server.pem"),
  GATEWAY_TLS_KEY_FILE: join(folder, "server.key"),
  GATEWAY_TLS_CLIENT_CA_FILE: join(folder, "clients.pem"),
};
const loopback = { commonName: "gateway", hosts: ["127.0.0.1"] };
let authority: Identity;
let clients: Identity;
let world: World;
const running: Running[] = [];

function write(server: Identity): void {
  writeFileSync(env.GATEWAY_TLS_KEY_FILE, server.key);
  writeFileSync(env.GATEWAY_TLS_CERT_FILE, server.cert);
}
const signed = (by: Identity, commonName: string, more = {}): Promise<Identity> =>
  makeCertificate(by, { commonName, hosts: ["client"], ...more });

beforeAll(async () => {
  authority = await makeAuthority("servers");
  clients = await makeAuthority("clients");
  writeFileSync(env.GATEWAY_TLS_CLIENT_CA_FILE, clients.cert);
});
beforeEach(async () => {
  write(await makeCertificate(authority, loopback));
  world = await createWorld();
});
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function start(): Promise<string> {
  const one = await startGateway(world, { env });
  running.push(one);
  expect(one.url).toMatch(/^https:/);
  return one.url;
}

interface Asked {
  readonly identity?: Identity;
  readonly body?: string;
  readonly ca?: Identity;
}

function ask(
  url: string,
  { identity, body, ca = authority }: Asked = {},
): Promise<{ readonly status: number; readonly serial: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(
      url,
      {
        method: body === undefined ? "GET" : "POST",
        ca: ca.cert,
        agent: false,
        headers: { "content-type": "text/xml" },
        ...identity,
      },
      (response) => {
        const { serialNumber } = (
          response.socket as unknown as { getPeerCertificate(): { serialNumber: string } }
        ).getPeerCertificate();
        response.resume().once("end", () => {
          resolve({ status: response.statusCode ?? 0, serial: serialNumber });
        });
      },
    );
    asked.once("error", reject);
    asked.end(body);
  });
}

describe("mutual TLS", () => {
  test("the common name of a certificate by a trusted authority names the client", async () => {
    const url = await start();
    const identity = await signed(clients, "acme");
    expect((await ask(`${url}/v1/messages`, { identity, body: pacs008("M1", ["Jan Kowal"]) })).status).toBe(202);
    expect(world.events()[0]?.header("cordon-client")?.toString()).toBe("acme");
  });

  test("no certificate, another authority's, an expired one or one that names nobody come to nothing; probes need none", async () => {
    const url = await start();
    const strangers = await makeAuthority("strangers");
    const body = pacs008("M1", ["Jan Kowal"]);
    const identities = [
      {},
      { identity: await signed(strangers, "acme") },
      { identity: await signed(clients, "acme", { expired: true }) },
      { identity: await signed(clients, "a name with blanks") },
    ];
    for (const one of identities) expect((await ask(`${url}/v1/messages`, { ...one, body })).status).toBe(401);
    expect((await ask(`${url}/healthz`)).status).toBe(200);
    expect(world.events()).toHaveLength(0);
  });

  test("certificates are replaced while it runs, and a key that is not theirs changes nothing", async () => {
    const url = await start();
    const before = (await ask(`${url}/healthz`)).serial;
    const next = await makeCertificate(authority, loopback);
    writeFileSync(env.GATEWAY_TLS_KEY_FILE, (await makeCertificate(authority, loopback)).key);
    await vi.waitFor(
      () => {
        expect(running[0]?.log.some(({ msg }) => msg.includes("cannot be read"))).toBe(true);
      },
      { timeout: 8000 },
    );
    expect((await ask(`${url}/healthz`)).serial).toBe(before);
    write(next);
    await vi.waitFor(
      async () => {
        expect((await ask(`${url}/healthz`)).serial).not.toBe(before);
      },
      { timeout: 8000 },
    );
    expect(JSON.stringify(running[0]?.log)).not.toContain("PRIVATE KEY");
  });
});
