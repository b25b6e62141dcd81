import { fileURLToPath } from "node:url";

import { compilePolicy } from "@cordon/decisions";
import type { IndexStore } from "@cordon/index-store";
import { createMemoryIndexBackend, createMemoryIndexStore, createMemoryJobStore } from "@cordon/index-store/testing";
import { createPace, runLookBack } from "@cordon/looking-again";
import { compileSnapshot, type Designation, openSnapshot } from "@cordon/matching";
import { listState } from "@cordon/screening/testing";

import { benchLists, listsBefore } from "../bench-customers/changed-lists.ts";
import { runCommand } from "../command.ts";
import { markdownTable } from "../markdown-table.ts";
import { type BenchLookBackOptions, readBenchLookBackOptions, usage } from "./options.ts";
import { storedEvents } from "./stored-events.ts";

const shared = fileURLToPath(new URL("../../../../shared/data", import.meta.url));

async function bench({ events, changed, population }: BenchLookBackOptions): Promise<void> {
  const after = await benchLists(shared);
  const store = createMemoryIndexStore(createMemoryIndexBackend(), { now: () => 0 });
  await publish(store, listsBefore(after, changed));
  const snapshot = await publish(store, after);
  const { kafka, registry, names } = await storedEvents(snapshot, { events, population, shared });
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
