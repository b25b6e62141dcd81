import { compilePolicy, paymentToScreen } from "@cordon/decisions";
import type { IndexManifest } from "@cordon/index-store";
import type { ConsumedRecord } from "@cordon/kafka";
import { compileSnapshot, openSnapshot } from "@cordon/matching";
import { canaryTopics, createDecoder, createEncoder, schemaText, subjectOf, topics } from "@cordon/schemas";
import { generationOf, outputsOf, type Screening, screenRecord } from "@cordon/screening";
import { expect, test } from "vitest";

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
