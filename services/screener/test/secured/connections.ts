import { readFileSync } from "node:fs";
import { connect, type AddressInfo } from "node:net";
import { createServer } from "node:tls";

import { createRedisIndexStore } from "@cordon/index-store";
import { createSchemaRegistry, readConfig, redisConfig, registryConfig } from "@cordon/service";
import { afterAll, describe, expect, test } from "vitest";

import { clients, type ClientName, rejection, type SecuredBench } from "./bench.ts";

/** Listens with another certificate and passes the bytes on: a broker whose certificate has expired, or is another's. */
async function presentAs(identity: { readonly cert: string; readonly key: string }) {
  const server = createServer({ cert: readFileSync(identity.cert), key: readFileSync(identity.key) }, (socket) => {
    socket.on("error", () => undefined);
    socket.end();
  });
  server.on("tlsClientError", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { address: `localhost:${String((server.address() as AddressInfo).port)}`, close: () => void server.close() };
}

type Env = Readonly<Record<string, string>>;

/** What goes wrong on the way to each service has the same code for the same cause, whichever client. */
export function connectionCases(bench: () => SecuredBench): void {
  const closers: (() => void)[] = [];
  afterAll(() => {
    for (const close of closers) close();
  });
  const check = (client: ClientName, env: Env, how: "scram" | "certificate" = "scram") =>
    rejection(
      bench()
        .client("screener", { KAFKA_CLIENT: client, ...env }, how)
        .check([]),
    );

  describe.each(clients)("Kafka by %s", (client) => {
    const cases: readonly (readonly [string, string, RegExp, () => Promise<Env> | Env, ("scram" | "certificate")?])[] =
      [
        [
          "a wrong password",
          "CONFIG_INVALID",
          /refused user screener/,
          () => ({ KAFKA_SASL_PASSWORD_FILE: "", KAFKA_SASL_PASSWORD: "wrong" }),
        ],
        ["an unknown user", "CONFIG_INVALID", /refused user nobody/, () => ({ KAFKA_SASL_USERNAME: "nobody" })],
        [
          "an authority that is not trusted",
          "TLS_FAILED",
          /certificate is not accepted/,
          () => ({ KAFKA_TLS_CA_FILE: bench().stack.files.otherCa }),
        ],
        ["a certificate that has expired", "TLS_FAILED", /CERT_HAS_EXPIRED/, () => present("expired")],
        ["a certificate of another host", "TLS_FAILED", /another host/, () => present("elsewhere")],
        [
          "a client certificate that has expired",
          "TLS_FAILED",
          /client certificate/,
          () => expiredClient(),
          "certificate",
        ],
        [
          "no client certificate",
          "TLS_FAILED",
          /client certificate/,
          () => ({ KAFKA_TLS_CERT_FILE: "", KAFKA_TLS_KEY_FILE: "" }),
          "certificate",
        ],
        [
          "no TLS where the broker has it",
          "TLS_FAILED",
          /one side speaks TLS/,
          () => ({ KAFKA_TLS: "false", KAFKA_TLS_CA_FILE: "" }),
        ],
        ["TLS where the broker has none", "TLS_FAILED", /TLS/, () => ({ KAFKA_BROKERS: adminAddress() })],
        ["nobody there", "KAFKA_UNAVAILABLE", /ECONNREFUSED/, () => ({ KAFKA_BROKERS: "127.0.0.1:1" })],
      ];
    for (const [what, code, message, env, how] of cases)
      test(`${what} is ${code}`, async () => {
        const error = await check(client, await env(), how);
        expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
        expect(error.message).not.toContain(bench().stack.passwords.screener);
      });
  });

  async function present(name: "expired" | "elsewhere"): Promise<Env> {
    const { address, close } = await presentAs(bench().stack.files[name]);
    closers.push(close);
    return { KAFKA_BROKERS: address };
  }
  const expiredClient = (): Env => {
    const { cert, key } = bench().stack.files.expiredClients.screener;
    return { KAFKA_TLS_CERT_FILE: cert, KAFKA_TLS_KEY_FILE: key };
  };
  const adminAddress = (): string => {
    const { host, port } = bench().stack.adminAddress;
    return `${host}:${String(port)}`;
  };

  const registry = (env: Env) => {
    const config = readConfig({ registry: registryConfig }, { ...bench().stack.env("screener"), ...env });
    return createSchemaRegistry(config.registry);
  };
  test.each<readonly [string, string, () => Env]>([
    [
      "a wrong password",
      "CONFIG_INVALID",
      () => ({ SCHEMA_REGISTRY_PASSWORD_FILE: "", SCHEMA_REGISTRY_PASSWORD: "wrong" }),
    ],
    [
      "a wrong path",
      "REGISTRY_MISADDRESSED",
      () => ({ SCHEMA_REGISTRY_URL: bench().stack.registry.url.replace("/registry", "/elsewhere") }),
    ],
    [
      "an authority that is not trusted",
      "TLS_FAILED",
      () => ({ SCHEMA_REGISTRY_TLS_CA_FILE: bench().stack.files.otherCa }),
    ],
    ["nobody there", "REGISTRY_UNAVAILABLE", () => ({ SCHEMA_REGISTRY_URL: "https://127.0.0.1:1" })],
  ])("the registry: %s is %s", async (_, code, env) => {
    expect(await rejection(registry(env()).register("a-value", '{"type":"string"}'))).toMatchObject({ code });
  });

  test("the registry: a user that may only read is told what is forbidden, and may look schemas up", async () => {
    const { stack } = bench();
    stack.registry.users.set("screener", { password: stack.passwords.screener, write: false });
    try {
      const forbidden = await rejection(registry({}).register("new-value", '{"type":"string"}'));
      expect(forbidden).toMatchObject({ code: "CONFIG_INVALID", message: expect.stringContaining("403") });
      const reads = registry({ SCHEMA_REGISTRY_REGISTER: "false" });
      expect(await rejection(reads.register("new-value", '{"type":"string"}'))).toMatchObject({
        code: "SCHEMA_ABSENT",
      });
    } finally {
      stack.registry.users.set("screener", { password: stack.passwords.screener, write: true });
    }
  });

  test.each<readonly [string, string, () => Env]>([
    ["a wrong password", "REDIS_REFUSED", () => ({ REDIS_PASSWORD_FILE: "", REDIS_PASSWORD: "wrong" })],
    ["an authority that is not trusted", "TLS_FAILED", () => ({ REDIS_TLS_CA_FILE: bench().stack.files.otherCa })],
    ["a user without a right to the keys", "REDIS_REFUSED", () => ({ REDIS_KEY_PREFIX: "another:" })],
    ["nobody there", "REDIS_UNAVAILABLE", () => ({ REDIS_URL: "rediss://127.0.0.1:1" })],
  ])("Redis: %s is %s", async (_, code, env) => {
    const { redis } = readConfig({ redis: redisConfig }, { ...bench().stack.env("screener"), ...env() });
    const store = createRedisIndexStore({ ...redis, commandTimeoutMs: 1_500 });
    expect(await rejection(store.current())).toMatchObject({ code });
    await store.close();
  });

  test("plain text at Redis's TLS port, and the reverse, say so", async () => {
    const { stack } = bench();
    const plain = createRedisIndexStore({ url: stack.redis.url.replace("rediss:", "redis:"), commandTimeoutMs: 1_500 });
    expect((await rejection(plain.current())).code).toMatch(/REDIS_UNAVAILABLE|TLS_FAILED/);
    await plain.close();
    // A service that is up and says nothing is told from one that is not.
    const socket = connect(Number(new URL(stack.redis.url).port), "localhost");
    socket.destroy();
  });
}
