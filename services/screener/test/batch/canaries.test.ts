import { canaryHeader, canaryTopics, topics } from "@cordon/schemas";
import { type OutputFormat } from "@cordon/screening";
import { encodePayment, samplePayment as payment } from "@cordon/screening/testing";
import { describe, expect, test } from "vitest";

import { screenBatch } from "../../src/batch/screen-batch.ts";
import { batchContext, batchOf, type Bench, createBench, decodeAlert, decodeDecision } from "../support/bench.ts";

const bad = ["Cordon Canary", "Goran Jalal"];
const good = ["Cordon Canary", "Cordon Canary"];

interface Sent {
  readonly id?: string;
  readonly key?: string;
  readonly header?: boolean;
  readonly names?: readonly string[];
  readonly decisionsWritten?: OutputFormat["decisionsWritten"];
}

async function screened(sent: Sent): Promise<Bench> {
  const { id = "cordon-canary:1", key = id, header = true, names = bad, decisionsWritten } = sent;
  const bench = await createBench();
  const value = encodePayment(payment(id, names), bench.paymentSchemaId);
  const headers = header ? { [canaryHeader]: "test" } : undefined;
  const record = headers === undefined ? { key, value } : { key, value, headers };
  const format = decisionsWritten === undefined ? bench.deps.format : { ...bench.deps.format, decisionsWritten };
  await screenBatch(batchOf(topics.payments, [record]), batchContext(), { ...bench.deps, format });
  return bench;
}

function topicsOf(bench: Bench): readonly string[] {
  return bench.sent.flat().map(({ topic }) => topic);
}

describe("a canary event", () => {
  test("that is known to be bad is decided and alerted on the canaries' topics alone", async () => {
    const bench = await screened({});
    const [alert, decision] = bench.sent.flat();
    expect(topicsOf(bench)).toEqual([canaryTopics.alerts, canaryTopics.decisions]);
    expect(decodeAlert(alert ?? { value: null }).matches[0]?.designationId).toBe("uk:GIM0001");
    expect(decodeDecision(decision ?? { value: null })).toMatchObject({ eventId: "cordon-canary:1", outcome: "HIT" });
  });

  test("that is known to be good is CLEAR, on the canaries' topic alone", async () => {
    const bench = await screened({ names: good });
    expect(topicsOf(bench)).toEqual([canaryTopics.decisions]);
    expect(bench.sent.flat()[0]?.headers?.["cordon-outcome"]).toBe("CLEAR");
  });

  test("has its CLEAR written also where decisions that are clear are left out", async () => {
    const bench = await screened({ names: good, decisionsWritten: "hits-and-holds" });
    expect(topicsOf(bench)).toEqual([canaryTopics.decisions]);
  });

  test("is counted as a canary and not as business", async () => {
    const [told] = (await screened({})).told.of("batchScreened");
    expect(told).toMatchObject({ canaries: { CLEAR: 0, HIT: 1, HOLD: 0 }, outcomes: { CLEAR: 0, HIT: 0, HOLD: 0 } });
    expect(told?.hits.size).toBe(0);
  });
});

describe("a payment stays among payments, whatever it says of itself", () => {
  test.each<[string, Sent]>([
    ["with the canaries' header but an id of its own", { id: "p-1" }],
    ["with a canary's id but without the header", { header: false }],
    ["under another key than the canary's id it carries", { key: "p-1" }],
    ["under a canary's key with an id of its own", { id: "p-1", key: "cordon-canary:1" }],
  ])("%s", async (_, sent) => {
    expect(topicsOf(await screened(sent))).toEqual([topics.alerts, topics.decisions]);
  });

  test("also when it cannot be read", async () => {
    const bench = await createBench();
    const record = { key: "cordon-canary:1", value: Buffer.from("?"), headers: { [canaryHeader]: "test" } };
    await screenBatch(batchOf(topics.payments, [record]), batchContext(), bench.deps);
    expect(topicsOf(bench)).toEqual([topics.deadLetters, topics.decisions]);
  });
});
