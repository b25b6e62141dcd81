import { describe, expect, test } from "vitest";

import { compileKafkaOptions } from "../../src/options.ts";
import { connectionOptions, createCluster } from "../../src/platformatic/cluster.ts";

const compiled = (more: object) => compileKafkaOptions({ brokers: ["kafka:9092"], clientId: "c", ...more });

describe("how the library is told to connect", () => {
  test("in the clear and without a user, unless told otherwise", () => {
    const options = connectionOptions(compiled({}));
    expect(options).not.toHaveProperty("tls");
    expect(options).not.toHaveProperty("sasl");
  });

  test("with TLS: our own authorities and certificate, and the broker's name, which an address is not", () => {
    const tls = { ca: "CA", cert: "CERT", key: "KEY" };
    expect(connectionOptions(compiled({ tls }))).toMatchObject({ tls, tlsServerName: true });
    const systems = connectionOptions(compiled({ tls: { ca: null, cert: null, key: null } }));
    expect(systems.tls).toEqual({});
    expect(connectionOptions(compiled({ brokers: ["10.0.0.1:9092", "[::1]:9092"], tls }))).toMatchObject({
      tlsServerName: false,
    });
  });

  test.each([
    ["plain", "PLAIN"],
    ["scram-sha-256", "SCRAM-SHA-256"],
    ["scram-sha-512", "SCRAM-SHA-512"],
  ] as const)("with the mechanism %s by the protocol's name", (mechanism, name) => {
    const sasl = { mechanism, username: "u", password: "p" };
    const told = connectionOptions(compiled({ sasl })).sasl;
    expect(told?.mechanism).toBe(name);
    const asked = [told?.username, told?.password].map((each) => (typeof each === "function" ? each() : each));
    expect(asked).toEqual(["u", "p"]);
  });

  test("waiting for a join as long as a rebalance may take", () => {
    expect(connectionOptions(compiled({ rebalanceTimeout: 600_000 })).requestTimeout).toBeGreaterThan(600_000);
  });
});

test("a certificate that is not accepted is told at once; a broker that is away is asked again", async () => {
  const cluster = createCluster(compiled({ retries: 1 }));
  let calls = 0;
  const failing = (code: string) => () => {
    calls += 1;
    return Promise.reject(Object.assign(new Error(code), { code }));
  };
  await expect(cluster.withRetries(failing("CERT_HAS_EXPIRED"))).rejects.toThrow("CERT_HAS_EXPIRED");
  expect(calls).toBe(1);
  await expect(cluster.withRetries(failing("ECONNREFUSED"))).rejects.toThrow("ECONNREFUSED");
  expect(calls).toBe(3);
  await cluster.close();
});
