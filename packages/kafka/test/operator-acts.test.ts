import { CordonError } from "@cordon/errors";
import { actor, duringAct, operatorActsTopic, type OperatorActRecord } from "@cordon/kafka";
import { createMemoryKafka } from "@cordon/kafka/testing";
import { expect, test } from "vitest";

const away = new CordonError("KAFKA_UNAVAILABLE", "away");
const act = { act: "rollback", options: ["7"], user: "ann", host: "desk-1", process: 5, reason: "a bad list" } as const;

function bench() {
  const kafka = createMemoryKafka();
  kafka.failChecks(new CordonError("TOPIC_ABSENT", "missing"));
  const told: (readonly [OperatorActRecord["state"], string | null])[] = [];
  return {
    kafka,
    told,
    options: {
      kafka,
      topicPrefix: "p.",
      replicationFactor: 1,
      minInSyncReplicas: 1,
      now: () => 0,
      onRecord: ({ state }: OperatorActRecord, why: Error | null) => void told.push([state, why?.message ?? null]),
      outcome: (code: number) => `exit code ${String(code)}`,
    },
    records: () =>
      kafka
        .records(`p.${operatorActsTopic}`)
        .map(({ value }) => JSON.parse(value?.toString() ?? "") as OperatorActRecord),
  };
}

test("an act is recorded before and after it, with user, host and reason, under one id", async () => {
  const { options, records } = bench();
  expect(await duringAct(act, () => Promise.resolve(0), options)).toBe(0);
  expect(records()).toEqual([
    expect.objectContaining({ ...act, state: "begun", outcome: null }),
    expect.objectContaining({ ...act, state: "done", outcome: "exit code 0" }),
  ]);
  expect(new Set(records().map(({ id }) => id)).size).toBe(1);
});

test("one that fails is recorded as failed, by its code alone", async () => {
  const { options, records } = bench();
  const error = new CordonError("INDEX_CORRUPT", "about Amelia Whitcombe");
  await expect(duringAct(act, () => Promise.reject(error), options)).rejects.toBe(error);
  expect(records().map(({ state, outcome }) => [state, outcome])).toEqual([
    ["begun", null],
    ["failed", "INDEX_CORRUPT"],
  ]);
});

test("where Kafka is away, the act goes on and the log has it", async () => {
  const { options, kafka, told } = bench();
  kafka.failSends(away);
  expect(await duringAct(act, () => Promise.resolve(0), options)).toBe(0);
  expect(told).toEqual([
    ["begun", "away"],
    ["done", "away"],
  ]);
});

function nameless(): string {
  throw new Error("ENOENT: no such file or directory, uv_os_get_passwd");
}

test("a user without a name acts under its number: nobody is kept from a rollback by that", () => {
  expect(actor(nameless).user).toMatch(/^uid \d+$/);
  expect(actor(() => "ann")).toMatchObject({ user: "ann", process: process.pid });
});
