import { compilePolicy, paymentToScreen } from "@cordon/decisions";
import type { IndexManifest } from "@cordon/index-store";
import type { ConsumedRecord } from "@cordon/kafka";
import { compileSnapshot, openSnapshot } from "@cordon/matching";
import {
  canaryHeader,
  canaryIdPrefix,
  canaryTopics,
  createDecoder,
  createEncoder,
  frame,
  schemaText,
  subjectOf,
  topics,
} from "@cordon/schemas";
import { generationOf, outputsOf, type Screening, screenRecord } from "@cordon/screening";
import { describe, expect, test } from "vitest";

import type { OutputFormat } from "../src/outputs.ts";
import { listed } from "../src/testing/fake-index.ts";
import { party, payment } from "../src/testing/sample-events.ts";

const manifest = { version: "v1", generation: 1, lists: [] } as unknown as IndexManifest;
const born = { date: "1970-01-31", until: null, approximate: false };
const index = openSnapshot(compileSnapshot([{ ...listed("A1", "Goran Jalal Rasulov"), birthDates: [born] }]));
const screening: Screening = {
  generation: generationOf(manifest, index),
  policy: compilePolicy({ hardConflicts: "clear" }),
  indexAge: 0,
};
const format = {
  topics: { ...topics, canaryDecisions: canaryTopics.decisions, canaryAlerts: canaryTopics.alerts },
  decisions: { encoder: createEncoder(subjectOf(topics.decisions)), schemaId: 9 },
  alerts: { encoder: createEncoder(subjectOf(topics.alerts)), schemaId: 10 },
  decisionsWritten: "hits-and-holds" as const,
};

/** What is written for a payment of somebody of that name, born on another day than the listed one. */
function written(name: string): readonly Buffer[] {
  const event = { ...payment("e-1"), parties: [{ ...party("DEBTOR", name), birthDate: "1990-02-02" }] };
  const screened = screenRecord({ event: paymentToScreen(event), why: null }, screening, 2000);
  if (screened.kind === "clear-by-parts") throw new Error("the full path is none by parts");
  const record: ConsumedRecord = {
    offset: 1n,
    timestamp: 0,
    key: Buffer.from("e-1"),
    value: null,
    header: () => undefined,
  };

  const source = { topic: "payments.v1", partition: 0 };
  return outputsOf(record, screened, { source, screening, format }).map(({ value }) => Buffer.from(value!));
}

test("with hits and holds only, a clear decision that set matches aside is written all the same", () => {
  expect(written("Amelia Whitcombe")).toEqual([]);
  const [decision = Buffer.alloc(0)] = written("Goran Jalal Rasulov");
  const decoder = createDecoder("screening.decisions.v1-value", schemaText("screening.decisions.v1-value"));
  expect(decoder.decode(decision)).toMatchObject({ outcome: "CLEAR", setAside: [{ reason: "birth-date-conflict" }] });
});

const source = { topic: "payments.v1", partition: 3 };
const traceparent = Buffer.from("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

interface Given {
  readonly id?: string;
  readonly name?: string;
  readonly key?: Buffer | null;
  readonly value?: Buffer | null;
  readonly headers?: Readonly<Record<string, Buffer>>;
  readonly format?: Partial<OutputFormat>;
  readonly screening?: Partial<Screening>;
}

function recordOf({ id = "e-1", key = Buffer.from(id), value = null, headers = {} }: Given): ConsumedRecord {
  return { offset: 7n, timestamp: 0, key, value, header: (name) => headers[name] };
}

function outputsFor(given: Given) {
  const { id = "e-1", name = "Goran Jalal Rasulov" } = given;
  const event = { ...payment(id), parties: [party("DEBTOR", name)] };
  const used = { ...screening, ...given.screening };
  const screened = screenRecord({ event: paymentToScreen(event), why: null }, used, 2000);
  if (screened.kind === "clear-by-parts") throw new Error("the full path is none by parts");
  return outputsOf(recordOf(given), screened, {
    source,
    screening: used,
    format: { ...format, decisionsWritten: "all", ...given.format },
  });
}

const decisionDecoder = createDecoder("screening.decisions.v1-value", schemaText("screening.decisions.v1-value"));
const alertDecoder = createDecoder("screening.alerts.v1-value", schemaText("screening.alerts.v1-value"));

function alertOf(given: Given): unknown {
  return alertDecoder.decode(outputsFor(given)[0]?.value ?? Buffer.alloc(0));
}

/** What is written where the record cannot be read. */
function unread(given: Given): ReturnType<typeof outputsOf> {
  const screened = { kind: "undecodable", why: "the record has no value", at: 2000 } as const;
  return outputsOf(recordOf(given), screened, { source, screening, format: { ...format, ...given.format } });
}

function lengthWritten(bytes: number, more: Partial<OutputFormat> = {}): number | undefined {
  return unread({ key: null, value: Buffer.alloc(bytes), format: more })[0]?.value?.length;
}

describe("what is written for an event", () => {
  test("is its alert and then its decision, where it is a hit", () => {
    const both = outputsFor({});
    expect(both.map(({ topic, key }) => [topic, key?.toString()])).toEqual([
      [topics.alerts, "e-1"],
      [topics.decisions, "e-1"],
    ]);
    expect(both[1]?.headers).toEqual({ "cordon-outcome": "HIT" });
  });

  test("is its decision alone, where it is clear, and nothing, where only hits and holds are written", () => {
    const given = { name: "Amelia Whitcombe" };
    expect(outputsFor(given).map(({ topic }) => topic)).toEqual([topics.decisions]);
    expect(outputsFor({ ...given, format: { decisionsWritten: "hits-and-holds" } })).toEqual([]);
    expect(outputsFor({ format: { decisionsWritten: "hits-and-holds" } })).toHaveLength(2);
  });

  test("of a clear one that tells of a match is its decision, whatever is written", () => {
    const rule = { name: "r", because: "b", when: {}, apply: { lists: { except: ["uk"] } } } as const;
    const policy = compilePolicy({ rules: [rule] });
    const [decision] = outputsFor({ screening: { policy }, format: { decisionsWritten: "hits-and-holds" } });
    expect(decisionDecoder.decode(decision?.value ?? Buffer.alloc(0))).toMatchObject({ outcome: "CLEAR" });
  });

  test("of a canary goes to topics of its own, its CLEAR, too", () => {
    const id = `${canaryIdPrefix}1`;
    const headers = { [canaryHeader]: Buffer.of(1) };
    expect(outputsFor({ id, headers }).map(({ topic }) => topic)).toEqual([
      canaryTopics.alerts,
      canaryTopics.decisions,
    ]);
    const clear = { id, headers, name: "Amelia Whitcombe", format: { decisionsWritten: "hits-and-holds" } } as const;
    expect(outputsFor(clear).map(({ topic }) => topic)).toEqual([canaryTopics.decisions]);
  });

  test("has the event's trace context, unless it is too long to be one", () => {
    expect(outputsFor({ headers: { traceparent } })[1]?.headers).toMatchObject({ traceparent });
    expect(outputsFor({ headers: { traceparent: Buffer.alloc(512) } })[1]?.headers).toHaveProperty("traceparent");
    expect(outputsFor({ headers: { traceparent: Buffer.alloc(513) } })[1]?.headers).not.toHaveProperty("traceparent");
  });

  test("has the number of matches that were set aside", () => {
    const event = {
      ...payment("e-1"),
      parties: [{ ...party("DEBTOR", "Goran Jalal Rasulov"), birthDate: "1990-02-02" }],
    };
    const screened = screenRecord({ event: paymentToScreen(event), why: null }, screening, 2000);
    if (screened.kind === "clear-by-parts") throw new Error("the full path is none by parts");
    const [decision] = outputsOf(recordOf({}), screened, { source, screening, format });
    expect(decision?.headers).toEqual({ "cordon-outcome": "CLEAR", "cordon-set-aside": "1" });
  });

  test("has the event as it was received in the alert, with the id of its schema", () => {
    const value = frame(17, Buffer.from("as received"));
    expect(alertOf({ value })).toMatchObject({ event: new Uint8Array(Buffer.from("as received")), eventSchemaId: 17 });
    expect(alertOf({ value: Buffer.from("no prefix") })).toMatchObject({ event: null, eventSchemaId: null });
    expect(alertOf({ value: null })).toMatchObject({ event: null, eventSchemaId: null });
  });
});

describe("what is written for a record that cannot be read", () => {
  test("is the record with its place and why, and its event held", () => {
    const value = Buffer.from("junk");
    const [deadLetter, decision, ...more] = unread({ value, headers: { traceparent } });
    expect(deadLetter).toEqual({
      topic: topics.deadLetters,
      key: Buffer.from("e-1"),
      value,
      headers: {
        "cordon-error-code": "RECORD_UNDECODABLE",
        "cordon-error-message": "the record has no value",
        "cordon-source-topic": "payments.v1",
        "cordon-source-partition": "3",
        "cordon-source-offset": "7",
        "cordon-at": "1970-01-01T00:00:02.000Z",
      },
    });
    expect([decision?.topic, decision?.key?.toString(), decision?.headers]).toEqual([
      topics.decisions,
      "e-1",
      { "cordon-outcome": "HOLD", traceparent },
    ]);
    expect(decisionDecoder.decode(decision?.value ?? Buffer.alloc(0))).toMatchObject({
      eventId: "e-1",
      outcome: "HOLD",
    });
    expect(more).toEqual([]);
  });

  test.each([
    ["none", null, 1],
    ["an empty one", Buffer.alloc(0), 1],
    ["one of a byte", Buffer.from("x"), 2],
    ["the longest", Buffer.alloc(512, "x"), 2],
    ["one that is longer", Buffer.alloc(513, "x"), 1],
  ])("is held only where its key can be an event id: %s", (_, key, count) => {
    const records = unread({ key });
    expect(records).toHaveLength(count);
    expect(records[0]?.key).toEqual(key);
  });

  test("is without the value where both do not fit, and without the key where that is no event id", () => {
    const narrow = { format: { most: { matches: 1000, deadLetter: 10 } } };
    const fits = unread({ value: Buffer.alloc(7), ...narrow })[0];
    expect([fits?.value, fits?.headers]).toEqual([Buffer.alloc(7), expect.not.objectContaining(leftOut("10"))]);
    const tooLong = unread({ value: Buffer.alloc(8), ...narrow })[0];
    expect([tooLong?.key, tooLong?.value]).toEqual([Buffer.from("e-1"), null]);
    expect(tooLong?.headers).toMatchObject(leftOut("11"));
    const noId = unread({ key: Buffer.alloc(600), value: Buffer.alloc(8), ...narrow })[0];
    expect([noId?.key, noId?.value]).toEqual([null, null]);
    expect(noId?.headers).toMatchObject(leftOut("608"));
  });

  test("is never longer than a topic takes, whatever this one is said to take", () => {
    const most = 16 * 1024 * 1024 - 64 * 1024;
    expect([lengthWritten(most), lengthWritten(most + 1)]).toEqual([most, undefined]);
    expect(lengthWritten(most + 1, { most: { matches: 1000, deadLetter: most * 2 } })).toBeUndefined();
  });
});

function leftOut(bytes: string) {
  return { "cordon-left-out-bytes": bytes };
}
