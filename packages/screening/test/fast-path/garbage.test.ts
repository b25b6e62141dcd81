import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { compilePolicy } from "@cordon/decisions";
import type { IndexManifest } from "@cordon/index-store";
import { compileSnapshot, openSnapshot } from "@cordon/matching";
import { createEncoder, type Payment, schemaText, subjectOf, topics } from "@cordon/schemas";
import { fastPathOf, generationOf, payments } from "@cordon/screening";
import { expect, test } from "vitest";

import { listed } from "../../src/testing/fake-index.ts";
import { payment } from "../../src/testing/sample-events.ts";

/**
 * Bytes of garbage that clearing an event makes all of whose parts are known: 369 to 403, as the compiler sees fit, and 1,283 before texts were known
 * by their bytes. No clock.
 */
const MOST_BYTES = 600;

const events = 400;
const rounds = 10;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const agent = { bic: "TIDEGB2L", lei: null, name: null, clearingId: null, address: null, account: null } as const;
const known: Payment = {
  ...payment("pay-1", ["Amelia Whitcombe", "Oliver Baker", "Harriet Pemberton"]),
  messageType: "pacs.008",
  agents: [
    { role: "DEBTOR_AGENT", ...agent },
    { role: "CREDITOR_AGENT", ...agent },
  ],
  remittanceInformation: ["Rent and heating"],
  purpose: "GDDS",
};

test("an event all of whose parts are known makes little garbage", () => {
  const manifest = { version: "v1", generation: 1, lists: [] } as unknown as IndexManifest;
  const generation = generationOf(manifest, openSnapshot(compileSnapshot([listed("A1", "Goran Jalal Rasulov")])));
  const fastPath = fastPathOf(compilePolicy())({ generation, indexAge: 0 });
  const reader = payments.readerFor(schemaText(subjectOf(topics.payments)), new Set()).parts!;
  const value = createEncoder(subjectOf(topics.payments)).encode(known, 7);
  const record = { value, reader, at: 0 };
  let clear = 0;
  const run = (count: number): void => {
    for (let i = 0; i < count; i++) if (fastPath.tryClear(record) !== null) clear++;
  };
  // The compiler makes garbage, too, until it has seen enough.
  run(60_000);
  const garbage = Array.from({ length: rounds }, () => {
    collect();
    const before = process.memoryUsage().heapUsed;
    run(events);
    return (process.memoryUsage().heapUsed - before) / events;
  });
  expect(clear).toBe(60_000 + rounds * events);
  expect(Math.min(...garbage)).toBeGreaterThan(0);
  expect(Math.min(...garbage)).toBeLessThan(MOST_BYTES);
});
