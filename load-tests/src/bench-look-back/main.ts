import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { compilePolicy } from "@cordon/decisions";
import type { IndexStore } from "@cordon/index-store";
import { createMemoryIndexBackend, createMemoryIndexStore, createMemoryJobStore } from "@cordon/index-store/testing";
import type { OutRecord } from "@cordon/kafka";
import { createMemoryKafka } from "@cordon/kafka/testing";
import { createPace, runLookBack } from "@cordon/looking-again";
import { compileSnapshot, type Designation, openSnapshot } from "@cordon/matching";
import { topicNames } from "@cordon/screening";
import { listState } from "@cordon/screening/testing";
import { createMemoryRegistry } from "@cordon/service/testing";
import { createEventEncoder } from "@cordon/simulator";

import { benchLists, listsBefore } from "../bench-customers/changed-lists.ts";
import { namePools } from "../bench-engine/generated-names.ts";
import { benchEvents } from "../bench-pipeline/bench-events.ts";
import { runCommand } from "../command.ts";
import { markdownTable } from "../markdown-table.ts";
import { type BenchLookBackOptions, readBenchLookBackOptions, usage } from "./options.ts";

const shared = fileURLToPath(new URL("../../../../shared/data", import.meta.url));
const partitions = 6;

async function bench({ events, changed, population }: BenchLookBackOptions): Promise<void> {
  const names = topicNames({ topicPrefix: "" });
  const kafka = createMemoryKafka();
  const registry = createMemoryRegistry();
  const admin = await kafka.admin();
  const replicas = { partitions, replicationFactor: 1, minInSyncReplicas: 1 };
  await admin.ensureTopics(Object.values(names).map((topic) => ({ topic, ...replicas })));
  const after = await benchLists(shared);
  const store = createMemoryIndexStore(createMemoryIndexBackend(), { now: () => 0 });
  await publish(store, listsBefore(after, changed));
  const snapshot = await publish(store, after);
  const made = benchEvents(openSnapshot(snapshot), namePools(join(shared, "names/popular_names")), { population });
  const encode = await createEventEncoder({ registry });
  const producer = await kafka.producer();
  for (let from = 0; from < events; from += 1000)
    await producer.send(
      Array.from({ length: Math.min(1000, events - from) }, (_, at): OutRecord => {
        const value = made.payment(from + at);
        return encode({ topic: "payments.v1", eventId: value.eventId, value });
      }),
    );
  const quiet = { signal: new AbortController().signal, onWait: () => undefined };
  let begun: NodeJS.CpuUsage | null = null;
  let first = 0;
  const report = await runLookBack(
    {
      kafka,
      registry,
      store,
      jobs: createMemoryJobStore({ texts: new Map(), claims: new Map() }, () => 0),
      open: openSnapshot,
      clock: Date.now,
    },
    {
      policy: compilePolicy(),
      names,
      since: null,
      dryRun: true,
      holder: "bench",
      pace: createPace({ share: 1, signal: quiet.signal }),
      patience: quiet,
      settleMs: 0,
      onProgress: (progress) => {
        if (begun !== null) return;
        begun = process.cpuUsage();
        first = progress.events;
      },
    },
  );
  if (report.kind !== "done" || begun === null) throw new Error("the look-back found nothing to look at");
  const { user, system } = process.cpuUsage(begun);
  const { counts } = report.state;
  const micros = (user + system) / (counts.events - first);
  const hours = (90_000_000 * micros) / 1e6 / 3600;
  const head = [
    `events (${population})`,
    "entries changed",
    "compared",
    "found",
    "µs of processor an event",
    "90 days of a million a day",
  ];
  const row = [
    counts.events,
    changed,
    report.watched,
    counts.found,
    micros.toFixed(1),
    `${hours.toFixed(2)} hours of one processor`,
  ];
  process.stdout.write(`${markdownTable(head, [row])}\n`);
}

async function publish(store: IndexStore, designations: readonly Designation[]): Promise<Uint8Array> {
  const snapshot = compileSnapshot(designations);
  const lists = Map.groupBy(designations, ({ list }) => list);
  await store.publish({
    snapshot,
    engineVersion: openSnapshot(snapshot).engineVersion,
    expectedGeneration: (await store.current())?.generation ?? 0,
    lists: [...lists].map(([list, all]) => listState(list, 0, all.length)),
    outbox: new Uint8Array(),
  });
  return snapshot;
}

await runCommand({ usage, read: readBenchLookBackOptions, run: bench });
