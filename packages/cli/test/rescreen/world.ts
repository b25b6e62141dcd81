import { Readable, Writable } from "node:stream";

import { readRequest, reportOn, type RescreenPorts } from "@cordon/cli";
import { compilePolicy } from "@cordon/decisions";
import { createMemoryIndexBackend, createMemoryIndexStore } from "@cordon/index-store/testing";
import { type OutRecord } from "@cordon/kafka";
import { createMemoryKafka, type MemoryKafka } from "@cordon/kafka/testing";
import {
  type Alert,
  createDecoder,
  deadLetterHeaders,
  type Decision,
  decisionHeaders,
  type Payment,
  schemaText,
  subjectOf,
  topics,
} from "@cordon/schemas";
import { registerOutputFormat, topicNames } from "@cordon/screening";
import { encodePayment, listed, openFake, paymentSchema, publishFake, samplePayment } from "@cordon/screening/testing";
import { createMemoryRegistry, type MemoryRegistry } from "@cordon/service/testing";

export const hour = 3_600_000;
const names = topicNames({ topicPrefix: "" });
const policy = compilePolicy();

export interface Answer {
  readonly code: number;
  readonly out: string;
}

/** Events, decisions and dead letters as a screener leaves them behind, and the command that looks through them. */
export interface World {
  readonly kafka: MemoryKafka;
  readonly registry: MemoryRegistry;
  now: number;
  /** Sends a payment to partition 0, the only one, and answers its offset. */
  pay(
    id: string,
    parties?: readonly string[],
    change?: Partial<Payment>,
    headers?: OutRecord["headers"],
  ): Promise<number>;
  /** Writes raw bytes where payments are, and answers their offset. */
  write(key: string | null, value: Buffer): Promise<number>;
  decide(id: string, offset: number, outcome: Decision["outcome"], reason?: string): Promise<void>;
  setAside(key: string | null, value: Buffer, offset: number): Promise<void>;
  publish(...people: readonly string[]): Promise<void>;
  rescreen(...args: readonly string[]): Promise<Answer>;
  decisions(): readonly Decision[];
  alerts(): readonly Alert[];
}

function decoderOf<S extends "screening.decisions.v1-value" | "screening.alerts.v1-value">(subject: S) {
  return createDecoder(subject, schemaText(subject));
}

export async function createWorld(): Promise<World> {
  const registry = createMemoryRegistry();
  const backend = createMemoryIndexBackend();
  const state = { now: Date.UTC(2026, 10, 27, 12) };
  const kafka = createMemoryKafka({ now: () => state.now, maxBatchRecords: 3 });
  const format = await registerOutputFormat(registry, { names, decisionsWritten: "all" });
  const schemaId = await registry.register(`${names.payments}-value`, paymentSchema);
  const admin = await kafka.admin();
  const replicas = { partitions: 1, replicationFactor: 1, minInSyncReplicas: 1 };
  await admin.ensureTopics(Object.values(names).map((topic) => ({ topic, ...replicas })));
  const producer = await kafka.producer();
  const decisionDecoder = decoderOf(subjectOf(topics.decisions));
  const alertDecoder = decoderOf(subjectOf(topics.alerts));

  const write = async (key: string | null, value: Buffer, headers: OutRecord["headers"] = {}): Promise<number> => {
    await producer.send([{ topic: names.payments, key: key === null ? null : Buffer.from(key), value, headers }]);
    return kafka.records(names.payments).length - 1;
  };
  const ports: RescreenPorts = {
    kafka,
    registry,
    store: createMemoryIndexStore(backend, { now: () => state.now }),
    open: openFake,
    clock: () => state.now,
  };
  return {
    kafka,
    registry,
    get now() {
      return state.now;
    },
    set now(time) {
      state.now = time;
    },
    write,
    pay: (id, parties, change = {}, headers = {}) =>
      write(id, encodePayment({ ...samplePayment(id, parties), ...change }, schemaId), headers),
    async decide(eventId, offset, outcome, reason) {
      const decision: Decision = {
        eventId,
        sourceTopic: names.payments,
        sourcePartition: 0,
        sourceOffset: offset,
        outcome,
        holdReason: reason ?? null,
        alertId: null,
        fieldsScreened: 0,
        index: { version: "old", generation: 0, lists: [] },
        engineVersion: "old",
        policyVersion: "old",
        decidedAt: state.now,
        setAside: [],
        goodGuys: null,
        fieldsLeftOut: 0,
        told: [],
      };
      const value = format.decisions.encoder.encode(decision, format.decisions.schemaId);
      const headers = { [decisionHeaders.outcome]: outcome };
      await producer.send([{ topic: names.decisions, key: Buffer.from(eventId), value, headers }]);
    },
    async setAside(key, value, offset) {
      const headers = {
        [deadLetterHeaders.errorCode]: "RECORD_UNDECODABLE",
        [deadLetterHeaders.sourceTopic]: names.payments,
        [deadLetterHeaders.sourcePartition]: "0",
        [deadLetterHeaders.sourceOffset]: String(offset),
        [deadLetterHeaders.at]: new Date(state.now).toISOString(),
      };
      await producer.send([{ topic: names.deadLetters, key: key === null ? null : Buffer.from(key), value, headers }]);
    },
    async publish(...people) {
      const store = createMemoryIndexStore(backend, { now: () => state.now });
      await publishFake(
        store,
        people.map((name, at) => listed(`GIM${String(at)}`, name)),
        state.now,
      );
    },
    async rescreen(...args) {
      let out = "";
      const stdout = new Writable({
        write: (chunk: Buffer, _encoding, done) => {
          out += chunk.toString("utf8");
          done();
        },
      });
      const terminal = { stdin: Readable.from([]), stdout, stderr: stdout, watched: false, env: {} };
      const request = readRequest(args, state.now);
      if (request === "help") throw new Error("help is no request");
      const code = await reportOn(ports, { ...request, policy, names, groupId: "cordon-screener" }, terminal);
      return { code, out };
    },
    decisions: () =>
      kafka.records(names.decisions).map(({ value }) => decisionDecoder.decode(value ?? Buffer.alloc(0))),
    alerts: () => kafka.records(names.alerts).map(({ value }) => alertDecoder.decode(value ?? Buffer.alloc(0))),
  };
}
