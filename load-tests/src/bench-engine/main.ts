import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import type { Designation } from "@cordon/matching";

import { generatedDesignations, namePools } from "./generated-names.ts";
import { type BenchRow, measure } from "./measure.ts";
import { type BenchOptions, readBenchOptions, usage } from "./options.ts";
import { realLists } from "./real-lists.ts";
import { queryStream } from "./stream.ts";
import { notes, tableOf } from "./table.ts";

const data = fileURLToPath(new URL("../../../../shared/data", import.meta.url));

async function bench({ sizes, queries, json, threshold, clock }: BenchOptions): Promise<void> {
  const real = await realLists(`${data}/lists`);
  const pools = namePools(`${data}/names/popular_names`);
  if (real.length === 0) process.stderr.write("../shared/data/lists is absent: generated names only\n");
  const now = clock === "wall" ? () => performance.now() : threadMillis;
  const rows: BenchRow[] = [];
  for (const size of sizes) {
    const listed = size === "union" ? real : extended(real, pools, size);
    if (listed.length === 0) continue;
    const row = measure(listed, queryStream(listed, pools, queries), { threshold, exhaustiveSeconds: 6, now });
    rows.push(row);
    process.stderr.write(`${tableOf([row])}\n`);
  }
  process.stdout.write(`${tableOf(rows)}\n${notes}\n`);
  if (json !== null) writeFileSync(json, `${JSON.stringify({ threshold, queries, rows }, null, 2)}\n`);
}

function threadMillis(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Real entries up to `size` names, then generated ones. */
function extended(real: readonly Designation[], pools: ReturnType<typeof namePools>, size: number): Designation[] {
  const listed: Designation[] = [];
  let names = 0;
  for (const designation of real) {
    if (names + designation.names.length > size) break;
    names += designation.names.length;
    listed.push(designation);
  }
  for (const designation of generatedDesignations(pools, size - names)) listed.push(designation);
  return listed;
}

try {
  const options = readBenchOptions(process.argv.slice(2));
  if (options === "help") process.stdout.write(usage);
  else await bench(options);
} catch (error) {
  if (!(error instanceof RangeError)) throw error;
  process.stderr.write(`${error.message}\n\n${usage}`);
  process.exitCode = 2;
}
