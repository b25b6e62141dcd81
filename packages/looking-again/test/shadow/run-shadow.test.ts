import { compilePolicy } from "@cordon/decisions";
import {
  bandOf,
  createPace,
  lastOf,
  runShadow,
  shadowPage,
  type ShadowOptions,
  summaryOf,
} from "@cordon/looking-again";
import { compileSnapshot, type Designation, openSnapshot } from "@cordon/matching";
import { createEncoder, type Disposition, schemaText, subjectOf, topics } from "@cordon/schemas";
import { encodeRemittance, listed, remittanceSchema, sampleRemittance } from "@cordon/screening/testing";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";

import { newTally } from "../../src/shadow/tally.ts";
import { createWorld, names, type World } from "../world.ts";

const tamsin = listed("TAMSIN", "Tamsin Whitcombe");
const goran = listed("GORAN", "Goran Jalal", "un");
const quiet = { signal: new AbortController().signal, onWait: () => undefined };
const sides = { a: "as now", b: "<b> & more" };

let world: World;
beforeEach(async () => {
  world = await createWorld();
  const admin = await world.kafka.admin();
  await admin.ensureTopics([{ topic: topics.dispositions, partitions: 1, replicationFactor: 1, minInSyncReplicas: 1 }]);
  await world.pay("exact", ["Tamsin Whitcombe", "Oliver Baker"]);
  world.now += 86_400_000;
  await world.pay("near", ["Tamsin Anne Whitcomb", "Oliver Baker"]);
  await world.pay("other", ["Goran Jalal", "Oliver Baker"]);
  await world.pay("held", ["Amelia Whitfield", ""]);
  await world.pay("innocent");
});

function indexOf(...designations: readonly Designation[]) {
  return openSnapshot(compileSnapshot(designations));
}

async function run(change: Partial<ShadowOptions>) {
  const index = indexOf(tamsin, goran);
  const { registry, kafka } = world.ports();
  const report = await runShadow(
    { kafka, registry },
    {
      a: { policy: compilePolicy(), index },
      b: { policy: compilePolicy(), index },
      names,
      dispositions: topics.dispositions,
      pace: createPace({ share: 1, signal: quiet.signal }),
      patience: quiet,
      ...change,
    },
  );
  return summaryOf(report.tally, report.trueMatches, sides);
}

async function dispose(offset: number, decision: Disposition["decision"]): Promise<void> {
  const { registry, kafka } = world.ports();
  const subject = subjectOf(topics.dispositions);
  const id = await registry.register(`${topics.dispositions}-value`, schemaText(subject));
  const value = createEncoder(subject).encode(
    {
      dispositionId: `d-${String(offset)}-${decision}`,
      eventId: "e",
      sourceTopic: names.payments,
      sourcePartition: 0,
      sourceOffset: offset,
      decision,
      alertIds: [],
      holdReason: null,
      reasons: [],
      proposedBy: "hanna",
      approvedBy: "chen",
      proposedAt: 0,
      decidedAt: 0,
      goodGuyIds: [],
      auditSeq: 0,
      auditHash: "",
      deskVersion: "",
    },
    id,
  );
  await (await kafka.producer()).send([{ topic: topics.dispositions, key: null, value }]);
}

describe("a shadow run", () => {
  test("of two equal sides finds no difference", async () => {
    const summary = await run({});
    expect(summary).toMatchObject({ events: 5, alerts: { gained: 0, lost: 0 }, holds: { a: 1, b: 1 }, days: 1 });
    expect(summary.gained).toEqual([]);
  });

  test("tells the alerts that another threshold gains and loses, by list, regime, score and rail", async () => {
    const index = indexOf(tamsin, goran);
    const lower = await run({ b: { policy: compilePolicy({ threshold: 60 }), index } });
    expect(lower).toMatchObject({ alerts: { a: 2, b: 3, gained: 1, lost: 0, kept: 2 }, alertsPerDay: { a: 2, b: 3 } });
    expect(lower.gained).toMatchObject([{ eventId: "near", designationId: tamsin.id, field: "parties[0].name" }]);
    expect(lower.byList).toMatchObject([
      { name: "uk", gained: 1, kept: 1 },
      { name: "un", gained: 0, kept: 1 },
    ]);
    expect(lower.byRail).toMatchObject([{ name: "FPS", gained: 1, kept: 2 }]);
    const higher = await run({
      a: { policy: compilePolicy({ threshold: 60 }), index },
      b: { policy: compilePolicy({ threshold: 95 }), index },
    });
    expect(higher).toMatchObject({ alerts: { gained: 0, lost: 1 } });
    expect(higher.byBand.reduce((sum, { lost }) => sum + lost, 0)).toBe(1);
  });

  test("tells what another list brings, also of remittances", async () => {
    const { registry, kafka } = world.ports();
    const id = await registry.register(`${names.remittances}-value`, remittanceSchema);
    const value = encodeRemittance(sampleRemittance("rem", "Tamsin Whitcombe", "Oliver Baker"), id);
    await (await kafka.producer()).send([{ topic: names.remittances, key: Buffer.from("rem"), value }]);
    const summary = await run({ a: { policy: compilePolicy(), index: indexOf(goran) } });
    expect(summary.alerts).toMatchObject({ gained: 2, lost: 0, kept: 1 });
    expect(summary.byRail.map(({ name }) => name).toSorted()).toEqual(["FPS", "remittance"]);
  });

  test("tells the true matches that would pass: what people rejected first, and what B neither hits nor holds", async () => {
    await dispose(0, "REJECT");
    await dispose(2, "RELEASE");
    await dispose(2, "REJECT");
    const summary = await run({ b: { policy: compilePolicy(), index: indexOf() } });
    expect(summary.trueMatches).toBe(1);
    expect(summary.trueLost).toMatchObject([{ eventId: "exact", place: `${names.payments}/0/0` }]);
    expect(summary.alerts).toMatchObject({ lost: 2 });
  });

  test("looks at the last events, or those since a time", async () => {
    expect(await run({ events: 2 })).toMatchObject({ events: 2, holds: { a: 1 } });
    expect(await run({ since: world.now })).toMatchObject({ events: 4 });
  });

  test("is written as a page that needs nothing else and believes no text", async () => {
    const page = shadowPage(
      await run({ b: { policy: compilePolicy({ threshold: 60 }), index: indexOf(tamsin, goran) } }),
      new Date(0),
    );
    expect(page).not.toMatch(/<script|https?:|url\(|<b> &/);
    expect(page).toContain("&lt;b&gt; &amp; more");
    expect(page.match(/<svg/g)).toHaveLength(5);
    expect(page).not.toContain("Whitcomb");
  });

  test("the page counts only what has changed, and has a side for what is lost only where something is", async () => {
    const summary = await run({ b: { policy: compilePolicy({ threshold: 60 }), index: indexOf(tamsin, goran) } });
    const page = (changed: number, lost: number): string =>
      shadowPage({ ...summary, byRegime: regimes(changed, lost) }, new Date(0));
    expect(page(30, 0)).not.toMatch(/changed less/);
    expect(page(33, 0)).toContain("3 more have changed less.");
    expect(page(33, 0)).not.toContain(">lost</text>");
    expect(page(33, 2)).toContain(">lost</text>");
    expect(page(33, 2)).toContain("−2</text>");
  });
});

test("bands of scores come by their scores", () => {
  const tally = newTally();
  for (const band of ["100", "95 to 100", "below 50", "80 to 85"])
    tally.byBand.set(band, { gained: 1, lost: 0, kept: 0 });
  const { byBand } = summaryOf(tally, null, sides);
  expect(byBand.map(({ name }) => name)).toEqual(["below 50", "80 to 85", "95 to 100", "100"]);
});

/** Forty of them, of which the first so many gained an alert, and the first lost some, too. */
function regimes(changed: number, lost: number) {
  return Array.from({ length: 40 }, (_, at) => ({
    name: `regime ${String(at)}`,
    gained: at < changed ? 1 : 0,
    lost: at === 0 ? lost : 0,
    kept: 1,
  }));
}

test.each([
  [49.99, "below 50"],
  [50, "50 to 60"],
  [84.99, "80 to 85"],
  [85, "85 to 90"],
  [99.99, "95 to 100"],
  [100, "100"],
])("a score of %d is in the band %s", (score, band) => {
  expect(bandOf(score)).toBe(band);
});

test("the last events of all partitions are as many as were asked for", () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(sizes, fc.integer({ min: 1, max: 50_000 }), (all, events) => {
      const ranges = all.map((size, partition) => ({ topic: "t", partition, from: 5n, to: 5n + BigInt(size) }));
      const taken = lastOf(ranges, events);
      const total = taken.reduce((sum, { from, to }) => sum + Number(to - from), 0);
      expect(total).toBe(
        Math.min(
          events,
          all.reduce((sum, size) => sum + size, 0),
        ),
      );
      for (const [at, { from, to }] of taken.entries()) {
        expect(to).toBe(ranges[at]?.to);
        expect(from >= 5n).toBe(true);
      }
    }),
  );
});
