import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { compilePolicy } from "@cordon/decisions";
import { createPace, runShadow, shadowPage, summaryOf } from "@cordon/looking-again";
import { compileSnapshot, openSnapshot } from "@cordon/matching";
import { topics } from "@cordon/schemas";

import { benchLists } from "../bench-customers/changed-lists.ts";
import { storedEvents } from "../bench-look-back/stored-events.ts";
import { runCommand } from "../command.ts";
import { markdownTable } from "../markdown-table.ts";
import { type BenchShadowOptions, readBenchShadowOptions, usage } from "./options.ts";

const shared = fileURLToPath(new URL("../../../../shared/data", import.meta.url));

async function bench({ events, threshold, population, page }: BenchShadowOptions): Promise<void> {
  const snapshot = compileSnapshot(await benchLists(shared));
  const { kafka, registry, names } = await storedEvents(snapshot, { events, population, shared });
  const index = openSnapshot(snapshot);
  const [a, b] = [compilePolicy(), compilePolicy({ threshold })];
  const quiet = { signal: new AbortController().signal, onWait: () => undefined };
  const begun = process.cpuUsage();
  const { tally, trueMatches } = await runShadow(
    { kafka, registry },
    {
      a: { policy: a, index },
      b: { policy: b, index },
      names,
      dispositions: topics.dispositions,
      pace: createPace({ share: 1, signal: quiet.signal }),
      patience: quiet,
    },
  );
  const { user, system } = process.cpuUsage(begun);
  const summary = summaryOf(tally, trueMatches, {
    a: `threshold ${String(a.threshold)}`,
    b: `threshold ${String(threshold)}`,
  });
  if (page !== null) writeFileSync(page, shadowPage(summary, new Date()));
  const { kept, gained, lost } = summary.alerts;
  const micros = (user + system) / tally.events;
  process.stdout.write(
    `${markdownTable(
      [`events (${population})`, "B", "alerts in both", "gained", "lost", "µs of processor an event", "seconds in all"],
      [[tally.events, summary.sides.b, kept, gained, lost, micros.toFixed(1), ((user + system) / 1e6).toFixed(0)]],
    )}\n`,
  );
}

await runCommand({ usage, read: readBenchShadowOptions, run: bench });
