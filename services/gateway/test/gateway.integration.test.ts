import { randomUUID } from "node:crypto";

import { createKafkaClient } from "@cordon/kafka";
import { spawnSupervised } from "@cordon/local-stack";
import { createEncoder, type Decision, type Outcome, schemaText, topics } from "@cordon/schemas";
import { createSchemaRegistry, kafkaClients } from "@cordon/service";
import { afterEach, describe, expect, inject, test, vi } from "vitest";

import { get, idsOf, pacs008, post } from "./support/messages.ts";

const { kafkaBrokers, registryUrl, redisUrl } = inject("stack");
const decisionSubject = `${topics.decisions}-value` as const;
const main = new URL("../src/main.ts", import.meta.url).pathname;
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

/** Gateways as they run in production, on topics and keys of their own; decisions are written by the test. */
async function openGround(client: string) {
  const prefix = `gw-${randomUUID().slice(0, 8)}.`;
  const env = {
    KAFKA_BROKERS: kafkaBrokers,
    SCHEMA_REGISTRY_URL: registryUrl,
    REDIS_URL: redisUrl,
    REDIS_KEY_PREFIX: `${prefix.replace(".", "")}:`,
    TOPIC_PREFIX: prefix,
    KAFKA_CLIENT: client,
    KAFKA_REPLICATION_FACTOR: "1",
    KAFKA_MIN_INSYNC_REPLICAS: "1",
    KAFKA_EVENT_PARTITIONS: "3",
    GATEWAY_PORT: "0",
    GATEWAY_AUTH: "none",
  };
  const kafka = createKafkaClient({ brokers: kafkaBrokers.split(","), clientId: "outside" });
  const registry = createSchemaRegistry({ url: registryUrl });
  const schemaId = await registry.register(`${prefix}${decisionSubject}`, schemaText(decisionSubject));
  const encoder = createEncoder(decisionSubject);
  const producer = await kafka.producer();
  closers.push(() => producer.close());
  return {
    start: () => startGateway(env),
    async decide(eventId: string, outcome: Outcome): Promise<void> {
      const value = encoder.encode(decisionOf(eventId, outcome), schemaId);
      const record = { topic: `${prefix}${topics.decisions}`, key: Buffer.from(eventId), value };
      await producer.send([{ ...record, headers: { "cordon-outcome": outcome } }]);
    },
    async keys(): Promise<readonly string[]> {
      const reader = await kafka.reader();
      const keys: string[] = [];
      await reader.read(await reader.extent(`${prefix}${topics.payments}`), async ({ records }) => {
        keys.push(...records.map(({ key }) => key?.toString() ?? ""));
        return Promise.resolve();
      });
      await reader.close();
      return keys;
    },
  };
}

function decisionOf(eventId: string, outcome: Outcome): Decision {
  return {
    eventId,
    sourceTopic: topics.payments,
    sourcePartition: 0,
    sourceOffset: 0,
    outcome,
    holdReason: null,
    alertId: null,
    fieldsScreened: 2,
    index: { version: "a".repeat(64), generation: 1, lists: [] },
    engineVersion: "e",
    policyVersion: "p",
    decidedAt: Date.now(),
    setAside: [],
  } as unknown as Decision;
}

async function startGateway(env: Readonly<Record<string, string>>) {
  const supervised = spawnSupervised(process.execPath, [main], {
    env: { PATH: process.env["PATH"], NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"], ...env },
    output: "pipe",
    grace: 20,
  });
  let said = "";
  supervised.stdout?.on("data", (bytes: Buffer) => (said += bytes.toString()));
  supervised.stderr?.on("data", (bytes: Buffer) => (said += bytes.toString()));
  closers.push(() => supervised.stop());
  const url = await vi.waitFor(
    async () => {
      const found = /"gateway":"(http[^"]+)"/.exec(said)?.[1];
      if (found === undefined) throw new Error(`it does not listen: ${said.slice(-1000)}`);
      const { body } = await get(found, "/readyz");
      if (body.ok !== true) throw new Error(`it is not ready: ${JSON.stringify(body)} ${said.slice(-500)}`);
      return found;
    },
    { timeout: 40_000, interval: 100 },
  );
  return { url, kill: () => supervised.kill(), stop: () => supervised.stop(), exited: supervised.exited };
}

describe.each(kafkaClients)("two replicas on real services, with %s", (client) => {
  test(
    "a repeat is known, a decision found, and an event of a replica that was killed is decided, by whichever of them",
    { timeout: 120_000 },
    async () => {
      const ground = await openGround(client);
      const [one, other] = await Promise.all([ground.start(), ground.start()]);
      const message = pacs008("M1", ["Jan Kowal", "Per Berg"]);
      const sent = await post(one.url, message);
      expect(sent.status).toBe(202);
      const again = await post(other.url, message);
      expect([again.status, idsOf(again)]).toEqual([200, idsOf(sent)]);
      expect((await post(other.url, pacs008("M1", ["Jan Kowal", "Ola Nord"]))).status).toBe(409);

      const [first = "", second = ""] = idsOf(sent);
      const waiting = [one, other].map(({ url }) => get(url, `/v1/decisions/${first}?wait=20`));
      await ground.decide(first, "CLEAR");
      for (const { body } of await Promise.all(waiting))
        expect(body).toMatchObject({ eventId: first, outcome: "CLEAR" });

      one.kill();
      await one.exited;
      await ground.decide(second, "HOLD");
      expect((await get(other.url, `/v1/decisions/${second}?wait=30`)).body.outcome).toBe("HOLD");
      await ground.decide(second, "CLEAR");
      await vi.waitFor(
        async () => {
          expect((await get(other.url, `/v1/decisions/${second}`)).body.outcome).toBe("CLEAR");
        },
        { timeout: 20_000, interval: 200 },
      );
      expect((await ground.keys()).toSorted()).toEqual([first, second].toSorted());
    },
  );

  test("what was decided while none of them ran is found by the next", { timeout: 120_000 }, async () => {
    const ground = await openGround(client);
    const one = await ground.start();
    const [id = ""] = idsOf(await post(one.url, pacs008("M1", ["Jan Kowal"])));
    one.kill();
    await one.exited;
    await ground.decide(id, "CLEAR");
    const next = await ground.start();
    expect((await get(next.url, `/v1/decisions/${id}?wait=30`)).body.outcome).toBe("CLEAR");
    expect((await post(next.url, pacs008("M1", ["Jan Kowal"]))).status).toBe(200);
    const stopped = Date.now();
    await next.stop();
    expect(Date.now() - stopped).toBeLessThan(5000);
  });
});
