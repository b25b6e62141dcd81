import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { startStack } from "@cordon/local-stack";
import { topics } from "@cordon/schemas";

import { type Ground, layGround } from "../bench-pipeline/ground.ts";
import { measure, type MeasuredProcess } from "../bench-pipeline/measured-process.ts";
import { runCommand } from "../command.ts";
import { sendAndWatch } from "./client.ts";
import { type LatencyBenchOptions, readLatencyBenchOptions, usage } from "./options.ts";
import { newSheet, type Spread } from "./sheet.ts";

const screenerEntry = fileURLToPath(new URL("../../../services/screener/src/main.ts", import.meta.url));

const warmSeconds = 15;

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function bench(options: LatencyBenchOptions): Promise<void> {
  const { rate, first, seconds, designations, adapter, delivery, json, profile } = options;
  const stack = await startStack({ env: process.env, report: say });
  let screener: MeasuredProcess | null = null;
  try {
    const ground = await layGround(stack, { events: 0, designations, say, path: process.env["PATH"] ?? "" });
    await warmBroker(ground, stack.kafkaBrokers, rate);
    const group = { KAFKA_CLIENT: adapter, KAFKA_GROUP_ID: ground.prefix, DELIVERY: delivery };
    const startedAt = performance.now();
    screener = measure(screenerEntry, { environment: { ...ground.environment, ...group }, profile });
    await untilReady(screener);
    const readySeconds = (performance.now() - startedAt) / 1000;
    say(`ready after ${readySeconds.toFixed(1)} s; ${String(rate)} events a second for ${String(first + seconds)} s`);
    const count = rate * (first + seconds);
    const sheet = newSheet(rate, count);
    const before = await screener.usage();
    const through = { events: topics.payments, decisions: topics.decisions };
    await sendAndWatch({ ground, brokers: stack.kafkaBrokers, sheet, count, through });
    const after = await screener.usage();
    const figures = {
      ...options,
      readySeconds,
      atTheStart: sheet.spread(0, rate * first),
      afterwards: sheet.spread(rate * first, count),
      cpuMicrosPerEvent: (after.cpuMicros - before.cpuMicros) / count,
    };
    process.stdout.write(`${rowOf(`first ${String(first)} s`, figures.atTheStart)}\n`);
    process.stdout.write(`${rowOf("afterwards", figures.afterwards)}\n`);
    process.stdout.write(`screener: ${figures.cpuMicrosPerEvent.toFixed(0)} us of processor time an event\n`);
    if (json !== null) writeFileSync(json, `${JSON.stringify(figures, null, 2)}\n`);
  } finally {
    await screener?.stop();
    await stack.stop();
  }
}

/** A broker and a client that were just started are slow themselves: both are used before the screener is started, on a topic of their own. */
async function warmBroker(ground: Ground, brokers: string, rate: number): Promise<void> {
  const [topic, count] = ["warm-up", rate * warmSeconds];
  const admin = await ground.kafka.admin();
  const settings = { topic: ground.prefix + topic, partitions: 6, replicationFactor: 1, minInSyncReplicas: 1 };
  await admin.ensureTopics([settings]);
  await admin.close();
  say(`warming the broker up for ${String(warmSeconds)} s`);
  const through = { events: topic, decisions: topic };
  await sendAndWatch({ ground, brokers, sheet: newSheet(rate, count), count, through });
}

async function untilReady(screener: MeasuredProcess): Promise<void> {
  const url = await screener.address("http");
  while (!(await fetch(`${url}/readyz`)).ok) await new Promise((resolve) => setTimeout(resolve, 20));
}

function rowOf(name: string, { events, undecided, p50, p99, p999, max }: Spread): string {
  const times = Object.entries({ p50, p99, p999, max }).map(([which, ms]) => `${which} ${ms.toFixed(1)} ms`);
  return `${name}: ${times.join(", ")} (${String(events)} events, ${String(undecided)} without a decision)`;
}

await runCommand({ usage, read: readLatencyBenchOptions, run: bench });
