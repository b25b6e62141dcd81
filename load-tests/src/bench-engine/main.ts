import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import type { Designation } from "@cordon/matching";

import { runCommand } from "../command.ts";
import { type Beside, besideTable, measureBeside } from "./beside.ts";
import { buildAt } from "./build.ts";
import { generatedDesignations, namePools } from "./generated-names.ts";
import { type BenchRow, measure } from "./measure.ts";
import { type BenchOptions, readBenchOptions, usage } from "./options.ts";
import { realLists } from "./real-lists.ts";
import { queryStream } from "./stream.ts";
import { bytesOf, notes, tableOf } from "./table.ts";

const data = fileURLToPath(new URL("../../../../shared/data", import.meta.url));

/** Rounds of `--beside`; the median counts. */
const ROUNDS = 5;

async function bench({ sizes, queries, json, threshold, clock, beside }: BenchOptions): Promise<void> {
  const real = await realLists(`${data}/lists`);
  const pools = namePools(`${data}/names/popular_names`);
  if (real.length === 0) process.stderr.write("../shared/data/lists is absent: generated names only\n");
  const now = clock === "wall" ? () => performance.now() : threadMillis;
  const rows: BenchRow[] = [];
  const besides: Beside[] = [];
  const other = beside === null ? null : await buildAt(beside);
  for (const size of sizes) {
    const listed = size === "union" ? real : extended(real, pools, size);
    if (listed.length === 0) continue;
    const stream = queryStream(listed, pools, queries);
    if (other !== null) {
      const measured = measureBeside(listed, stream, { other, threshold, rounds: ROUNDS, now });
      process.stdout.write(`${besideTable(measured)}\n\n`);
      besides.push(measured);
      continue;
    }
    const row = measure(listed, stream, { threshold, exhaustiveSeconds: 6, now });
    rows.push(row);
    process.stderr.write(`${tableOf([row])}\n`);
  }
  if (other === null) process.stdout.write(`${tableOf(rows)}\n${rows.map(bytesOf).join("\n")}\n${notes}\n`);
  const figures = other === null ? { rows } : { beside: besides };
  if (json !== null) writeFileSync(json, `${JSON.stringify({ threshold, queries, ...figures }, null, 2)}\n`);
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

await runCommand({ usage, read: readBenchOptions, run: bench });
