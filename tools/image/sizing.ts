import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";

import { markdownTable } from "@cordon/load-tests";

import { openCompose } from "./compose.ts";

/*
 * `sizing.ts [--lists FOLDER] [--un FILE] [--events N] [--memory 512m]`: what each service takes, in containers, as Prometheus saw it: brings the compose
 * file up, sends events, and prints the table of docs/deploy.md. FOLDER holds uk/UK-Sanctions-List.csv and, if they are there,
 * un.xml and ofac/sdn.csv. It needs an engine, and a machine with nothing else to do.
 */
const { values } = parseArgs({
  options: {
    lists: { type: "string" },
    un: { type: "string" },
    events: { type: "string" },
    memory: { type: "string" },
  },
});
const events = Number(values.events ?? "50000");
if (!Number.isInteger(events) || events < 1000) throw new Error("--events: expected a whole number from 1000");
const lists =
  values.lists === undefined
    ? {}
    : {
        LISTS_FOLDER: values.lists,
        LIST_UK: "/lists/uk/UK-Sanctions-List.csv",
        LIST_UN: values.un === undefined ? "off" : `/lists/${values.un}`,
        LIST_OFAC: "/lists/ofac",
      };

/** Every container of ours gets what is said, to see whether it is enough. */
function limited(memory: string): string {
  const file = join(mkdtempSync(join(tmpdir(), "cordon-sizing-")), "limits.yaml");
  const names = ["screener", "list-sync", "second-look", "canary", "gateway", "desk"];
  writeFileSync(file, `services:\n${names.map((name) => `  ${name}: { mem_limit: ${memory} }\n`).join("")}`);
  return file;
}

const limits = values.memory === undefined ? [] : [limited(values.memory)];
const compose = openCompose("cordon-sizing", { settings: lists, files: limits });

interface Answer {
  readonly data: {
    readonly result: readonly {
      readonly metric: Readonly<Record<string, string>>;
      readonly value: readonly [number, string];
    }[];
  };
}

/** By the value of that label. Throws where Prometheus has nothing: a metric of another name would go unnoticed. */
async function ask(prometheus: string, query: string, label = "job"): Promise<ReadonlyMap<string, number>> {
  const response = await fetch(`http://${prometheus}/api/v1/query?query=${encodeURIComponent(query)}`);
  const { data } = (await response.json()) as Answer;
  if (data.result.length === 0) throw new Error(`Prometheus has nothing for ${query}`);
  return new Map(data.result.map(({ metric, value }) => [metric[label] ?? "", Number(value[1])]));
}

const cpu = "max by (job) (process_cpu_seconds_total)";

function megabytes(value: number | undefined): string {
  return `${((value ?? 0) / 1e6).toFixed(0)} MB`;
}

async function measure(): Promise<void> {
  compose.run("up", "--wait");
  const prometheus = compose.run("port", "prometheus", "9090").trim();
  await sleep(12_000);
  const idle = await ask(prometheus, "max by (job) (process_resident_memory_bytes)");
  const before = await ask(prometheus, cpu);
  console.log(
    compose.run("run", "--rm", "-T", "traffic", "--events", String(events)).trim().split("\n").slice(-8).join("\n"),
  );
  await sleep(12_000);
  const peak = await ask(prometheus, "max by (job) (max_over_time(process_resident_memory_bytes[1h]))");
  const spent = await ask(prometheus, cpu);
  const entries = await ask(prometheus, "max by (list) (cordon_index_entries)", "list");
  const names = await ask(prometheus, "max by (job) (cordon_index_names)");
  const sizes = await ask(prometheus, "max by (job) (cordon_index_size_bytes)");
  const rows = Array.from(peak, ([job, bytes]) => {
    const micros = (((spent.get(job) ?? 0) - (before.get(job) ?? 0)) * 1e6) / events;
    return [job, megabytes(idle.get(job)), megabytes(bytes), micros.toFixed(0)];
  });
  const head = ["service", "resident, idle", "resident, most", "processor time, µs an event"];
  console.log(`\n${markdownTable(head, rows)}`);
  for (const service of ["screener", "list-sync", "second-look", "canary", "gateway", "desk"])
    for (const { restarts } of compose.containers(service))
      if (restarts > 0)
        throw new Error(`${service} was started again ${String(restarts)} times: its memory was not enough`);
  console.log(`\nentries: ${Array.from(entries, ([list, count]) => `${list} ${String(count)}`).join(", ")}`);
  for (const [job, bytes] of sizes)
    console.log(`index of ${job}: ${String(names.get(job))} names, ${(bytes / 1e6).toFixed(1)} MB`);
}

try {
  await measure();
} finally {
  compose.run("down", "-v");
}
