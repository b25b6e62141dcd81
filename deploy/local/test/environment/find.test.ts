import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { findInEnvironment, isInEnvironment } from "../../src/environment/find.ts";
import type { Finding } from "../../src/service.ts";

const finding = (env: Finding["env"]): Finding => ({ env, report: () => {}, signal: AbortSignal.timeout(2_000) });

test.each(["kafka", "registry", "redis"] as const)(
  "without an address there is no %s in the environment",
  async (name) => {
    expect(await findInEnvironment(name, finding({}))).toBeUndefined();
    expect(await findInEnvironment(name, finding({ KAFKA_BROKERS: "", SCHEMA_REGISTRY_URL: "", REDIS_URL: "" }))).toBe(
      undefined,
    );
    expect(isInEnvironment(name, {})).toBe(false);
  },
);

test("a registry is asked with the name and the password of the environment, the password from a file", async () => {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(`${String(request.url)} ${String(request.headers.authorization)}`);
    response.writeHead(200).end("[]");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const folder = mkdtempSync(join(tmpdir(), "cordon-secret-"));
  try {
    writeFileSync(join(folder, "password"), "open sesame\n");
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/apis/ccompat/v7/`;
    const found = await findInEnvironment(
      "registry",
      finding({
        SCHEMA_REGISTRY_URL: url,
        SCHEMA_REGISTRY_USERNAME: "ali",
        SCHEMA_REGISTRY_PASSWORD_FILE: join(folder, "password"),
      }),
    );
    expect(found).toMatchObject({ source: "environment", address: url });
    expect(asked).toEqual([`/apis/ccompat/v7/subjects Basic ${btoa("ali:open sesame")}`]);
  } finally {
    server.close();
    rmSync(folder, { recursive: true });
  }
});

test("what cannot be used of the environment is named, without its value", async () => {
  const missing = finding({ REDIS_URL: "redis://127.0.0.1:1", REDIS_PASSWORD_FILE: "/nowhere/secret" });
  await expect(findInEnvironment("redis", missing)).rejects.toThrow(
    "REDIS_PASSWORD_FILE names a file that cannot be read",
  );
  const mechanism = finding({ KAFKA_BROKERS: "127.0.0.1:1", KAFKA_SASL_MECHANISM: "magic" });
  await expect(findInEnvironment("kafka", mechanism)).rejects.toThrow("KAFKA_SASL_MECHANISM must be");
});
