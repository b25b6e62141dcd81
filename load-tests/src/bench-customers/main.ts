import { createHash } from "node:crypto";
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { compilePolicy } from "@cordon/decisions";
import type { IndexManifest } from "@cordon/index-store";
import { keptCustomers, readCustomers, rescreenCustomers, type RescreenCustomersReport } from "@cordon/looking-again";
import { compileSnapshot, type Designation, openSnapshot } from "@cordon/matching";
import { registerOutputFormat, topicNames } from "@cordon/screening";
import { createMemoryRegistry } from "@cordon/service/testing";

import { runCommand } from "../command.ts";
import { markdownTable } from "../markdown-table.ts";
import { benchLists, listsBefore } from "./changed-lists.ts";
import { customerLines } from "./made-customers.ts";
import { type BenchCustomersOptions, readBenchCustomersOptions, usage } from "./options.ts";

const shared = fileURLToPath(new URL("../../../../shared/data", import.meta.url));

interface Step {
  readonly step: string;
  readonly cpuSeconds: number;
  readonly microsACustomer: number;
  readonly customers: number;
  readonly inFull: number;
  readonly found: number;
}

async function bench({ customers, changed, format, json }: BenchCustomersOptions): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "cordon-bench-"));
  try {
    const file = join(folder, "customers");
    await write(file, customerLines(shared, customers, format));
    const after = await benchLists(shared);
    const store = shelf();
    const names = topicNames({ topicPrefix: "" });
    const registered = await registerOutputFormat(createMemoryRegistry(), {
      names,
      decisionsWritten: "hits-and-holds",
    });
    const run = async (withFile: boolean): Promise<RescreenCustomersReport> =>
      await rescreenCustomers(
        { store, open: openSnapshot, clock: () => 0 },
        {
          policy: compilePolicy(),
          customers: withFile ? readCustomers(createReadStream(file, { highWaterMark: 1 << 20 }), format) : null,
          kept: await keptCustomers(join(folder, "kept"), "bench"),
          full: false,
          sink: { producer: { send: async () => Promise.resolve() }, format: registered },
        },
      );
    const steps: Step[] = [];
    const step = async (name: string, work: () => Promise<RescreenCustomersReport>): Promise<void> => {
      const row = await measured(name, customers, work);
      steps.push(row);
      process.stderr.write(`${name}: ${String(row.cpuSeconds)} s\n`);
    };
    store.publish(listsBefore(after, changed));
    await step(`full pass, ${String(after.length)} entries`, () => run(true));
    store.publish(after);
    await step(`delta of ${String(changed)} entries, kept customers`, () => run(false));
    store.publish(listsBefore(after, changed));
    await step("delta back, the file given again", () => run(true));
    const table = markdownTable(
      ["what", "CPU seconds", "µs a customer", "in full", "with something new"],
      steps.map(({ step: what, cpuSeconds, microsACustomer, inFull, found }) => [
        what,
        cpuSeconds,
        microsACustomer,
        inFull,
        found,
      ]),
    );
    process.stdout.write(`${String(customers)} customers, ${format}\n${table}\n`);
    if (json !== null) writeFileSync(json, `${JSON.stringify({ customers, changed, format, steps }, null, 2)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measured(name: string, customers: number, work: () => Promise<RescreenCustomersReport>): Promise<Step> {
  const before = process.cpuUsage();
  const { counts } = await work();
  const { user, system } = process.cpuUsage(before);
  const micros = user + system;
  return {
    step: name,
    cpuSeconds: Math.round(micros / 1e4) / 100,
    microsACustomer: Math.round((micros / customers) * 10) / 10,
    customers: counts.customers,
    inFull: counts.inFull,
    found: counts.found,
  };
}

async function write(path: string, pieces: Iterable<string>): Promise<void> {
  const handle = await open(path, "w", 0o600);
  for (const piece of pieces) await handle.write(piece);
  await handle.close();
}

/** What the index store is asked: the versions, the latest first. */
function shelf() {
  const kept: { readonly manifest: IndexManifest; readonly states: readonly never[] }[] = [];
  const snapshots = new Map<string, Uint8Array>();
  return {
    publish(designations: readonly Designation[]): void {
      const bytes = compileSnapshot(designations);
      const version = createHash("sha256").update(bytes).digest("hex");
      const { engineVersion } = openSnapshot(bytes);
      const generation = kept.length + 1;
      const made = { version, generation, bytes: bytes.length, chunks: 1, engineVersion, createdAt: 0, lists: [] };
      kept.unshift({ manifest: made, states: [] });
      snapshots.set(version, bytes);
    },
    versions: async () => Promise.resolve(kept),
    load: async ({ version }: IndexManifest) => Promise.resolve(snapshots.get(version) ?? new Uint8Array()),
  };
}

await runCommand({ usage, read: readBenchCustomersOptions, run: bench });
