import { fileURLToPath } from "node:url";

import { topics } from "@cordon/schemas";
import type { KafkaClientName } from "@cordon/service";

import type { Ground } from "./ground.ts";
import { type Line, measure, type MeasuredProcess, type Usage } from "./measured-process.ts";
import type { Mode } from "./options.ts";

/** What one run over all events took. Stages only of the screener. */
export interface RunFigures {
  readonly perSecond: number;
  readonly cpuMicrosPerEvent: number;
  readonly stageMicrosPerEvent: Readonly<Record<string, number>>;
  readonly peakRssBytes: number;
  /** The same when half of the events were done: with flat memory it was the same. */
  readonly peakRssAtHalfBytes: number;
  /** From starting the program until the first event was done, of one replica. */
  readonly startSeconds: number;
}

export interface RunOptions {
  /** Folder for processor profiles, or null. */
  readonly profile: string | null;
  readonly mode: Mode;
  readonly replicas: number;
  readonly count: number;
  readonly adapter: KafkaClientName;
}

const bare = { kafkajs: "bare-kafkajs/main.ts", platformatic: "bare-platformatic/main.ts" } as const satisfies Record<
  KafkaClientName,
  string
>;
const screenerEntry = fileURLToPath(new URL("../../../services/screener/src/main.ts", import.meta.url));
const pollMs = 500;
const firstPollMs = 50;

/** How far a set of processes is, and the processor time of each stage so far, microseconds. */
interface Progress {
  readonly done: number;
  readonly stages: Readonly<Record<string, number>>;
}

/** Drains all events once with that many processes in a group of their own. */
export async function runMode(ground: Ground, options: RunOptions): Promise<RunFigures> {
  const screening = options.mode === "all" || options.mode === "hitsOnly";
  const startedAt = performance.now();
  const processes = Array.from({ length: options.replicas }, () =>
    screening ? screenerProcess(ground, options) : bareProcess(ground, options),
  );
  const usages = (): Promise<readonly Usage[]> => Promise.all(processes.map((one) => one.usage()));
  try {
    const before = await Promise.all(processes.map((one) => begun(one, screening)));
    let half: readonly Usage[] | null = null;
    const { beganAt, seconds, stages } = await drained(
      () => progressOf(processes, screening),
      options.count,
      async () => {
        half = await usages();
      },
    );
    const after = await usages();
    const startSeconds = (beganAt - startedAt) / 1000;
    return figures({ before, half: half ?? after, after, seconds, startSeconds, stages, count: options.count });
  } finally {
    await Promise.all(processes.map((one) => one.stop()));
  }
}

function groupOf({ prefix }: Ground, { mode, replicas, adapter }: RunOptions): string {
  return `${prefix}${adapter}-${mode}-${String(replicas)}`;
}

function screenerProcess(ground: Ground, options: RunOptions): MeasuredProcess {
  const environment = {
    ...ground.environment,
    KAFKA_CLIENT: options.adapter,
    KAFKA_GROUP_ID: groupOf(ground, options),
    DECISIONS_WRITTEN: options.mode === "all" ? "all" : "hits-and-holds",
  };
  return measure(screenerEntry, { environment, profile: options.profile });
}

function bareProcess(ground: Ground, options: RunOptions): MeasuredProcess {
  const entry = bare[options.adapter];
  const environment = {
    ...ground.environment,
    GROUP: groupOf(ground, options),
    TOPIC: `${ground.prefix}${topics.payments}`,
    SCHEMA_ID: String(ground.schemaId),
    MODE: options.mode,
  };
  return measure(fileURLToPath(new URL(entry, import.meta.url)), { environment, profile: options.profile });
}

/** From here on its time counts: what it takes to start Node, and to load the index, is not of the stream. */
async function begun(one: MeasuredProcess, screening: boolean): Promise<Usage> {
  await one.line(({ msg }) => msg === (screening ? "index swapped" : "counting"));
  return one.usage();
}

interface Drained {
  readonly beganAt: number;
  readonly seconds: number;
  readonly stages: Progress["stages"];
}

/** Waits for the first event, for half of them, and for the last. */
async function drained(
  progress: () => Promise<Progress>,
  count: number,
  atHalf: () => Promise<void>,
): Promise<Drained> {
  let beganAt: number | null = null;
  let pastHalf = false;
  for (;;) {
    const asked = performance.now();
    const { done, stages } = await progress();
    if (done > 0) beganAt ??= asked;
    if (!pastHalf && done * 2 >= count) {
      pastHalf = true;
      await atHalf();
    }
    if (beganAt !== null && done >= count) return { beganAt, seconds: (asked - beganAt) / 1000, stages };
    // Asking costs the program some milliseconds each time.
    await new Promise((resolve) => setTimeout(resolve, beganAt === null ? firstPollMs : pollMs));
  }
}

function progressOf(processes: readonly MeasuredProcess[], screening: boolean): Promise<Progress> {
  return screening ? screenerProgress(processes) : Promise.resolve(bareProgress(processes));
}

/** By offsets, so that what two members both read while they joined counts once. */
function bareProgress(processes: readonly MeasuredProcess[]): Progress {
  const furthest = new Map<string, number>();
  for (const one of processes) {
    const { progress = {} } = (one.last((line) => "progress" in line) ?? {}) as {
      readonly progress?: Readonly<Record<string, number>>;
    };
    for (const [partition, next] of Object.entries(progress))
      furthest.set(partition, Math.max(next, furthest.get(partition) ?? 0));
  }
  return { done: [...furthest.values()].reduce((sum, next) => sum + next, 0), stages: {} };
}

async function screenerProgress(processes: readonly MeasuredProcess[]): Promise<Progress> {
  let done = 0;
  const stages: Record<string, number> = {};
  for (const one of processes) {
    const { url } = (await one.line(({ msg }) => msg === "listening")) as Line & { readonly url: string };
    const page = await (await fetch(`${url}/metrics`)).text();
    for (const [, value] of page.matchAll(/^cordon_screening_decisions_total\{.*\} (\S+)$/gm)) done += Number(value);
    for (const [, stage, value] of page.matchAll(/^cordon_screening_stage_cpu_seconds_total\{stage="(\w+)"\} (\S+)$/gm))
      stages[stage!] = (stages[stage!] ?? 0) + Number(value) * 1e6;
  }
  return { done, stages };
}

interface Measured {
  readonly before: readonly Usage[];
  readonly half: readonly Usage[];
  readonly startSeconds: number;
  readonly after: readonly Usage[];
  readonly seconds: number;
  readonly stages: Progress["stages"];
  readonly count: number;
}

function figures({ before, half, after, seconds, startSeconds, stages, count }: Measured): RunFigures {
  const cpu = cpuOf(after) - cpuOf(before);
  const staged = Object.values(stages).reduce((total, micros) => total + micros, 0);
  // What no stage counts: the fetches, the group, the collector's and the compiler's threads.
  const all = staged === 0 ? {} : { ...stages, rest: cpu - staged };
  return {
    perSecond: count / seconds,
    cpuMicrosPerEvent: cpu / count,
    stageMicrosPerEvent: Object.fromEntries(
      Object.entries<number>(all).map(([stage, micros]) => [stage, micros / count]),
    ),
    peakRssBytes: peakOf(after),
    peakRssAtHalfBytes: peakOf(half),
    startSeconds,
  };
}

function peakOf(usages: readonly Usage[]): number {
  return Math.max(...usages.map(({ peakRssBytes }) => peakRssBytes));
}

function cpuOf(usages: readonly Usage[]): number {
  return usages.reduce((total, { cpuMicros }) => total + cpuMicros, 0);
}
