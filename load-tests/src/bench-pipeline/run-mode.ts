import { fileURLToPath } from "node:url";

import { topics } from "@cordon/schemas";
import type { KafkaClientName } from "@cordon/service";

import type { Ground } from "./ground.ts";
import { measure, type MeasuredProcess, type Usage } from "./measured-process.ts";
import type { DeliveryName, Mode } from "./options.ts";

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
  /** Events after which counting begins. */
  readonly countFrom: number;
  readonly adapter: KafkaClientName;
  readonly delivery: DeliveryName;
}

const bare = { kafkajs: "bare-kafkajs/main.ts", platformatic: "bare-platformatic/main.ts" } as const satisfies Record<
  KafkaClientName,
  string
>;
const screenerEntry = fileURLToPath(new URL("../../../services/screener/src/main.ts", import.meta.url));
const pollMs = 500;
const firstPollMs = 50;

/** Whether the mode is the screener's; the others are bare consumers. */
export function isScreening(mode: Mode): boolean {
  return mode === "all" || mode === "hitsOnly";
}

/** How far a set of processes is, and the processor time of each stage so far, microseconds. */
interface Progress {
  readonly done: number;
  readonly stages: Readonly<Record<string, number>>;
}

/** Drains all events once with that many processes in a group of their own. */
export async function runMode(ground: Ground, options: RunOptions): Promise<RunFigures> {
  const screening = isScreening(options.mode);
  const startedAt = performance.now();
  const processes = Array.from({ length: options.replicas }, () =>
    screening ? screenerProcess(ground, options) : bareProcess(ground, options),
  );
  const usages = (): Promise<readonly Usage[]> => Promise.all(processes.map((one) => one.usage()));
  try {
    let before: Start = { usages: await Promise.all(processes.map((one) => begun(one, screening))), ...nothingDone };
    let half: readonly Usage[] | null = null;
    const { beganAt, endedAt, stages } = await drained(
      () => progressOf(processes, screening),
      [
        { done: 1, act: (at) => void (before = { ...before, at }) },
        {
          done: Math.max(options.countFrom, 2),
          act: async (at, progress) => {
            if (options.countFrom > 0) before = { usages: await usages(), at, ...progress };
          },
        },
        { done: options.count / 2, act: async () => void (half = await usages()) },
        { done: options.count, act: () => undefined },
      ],
    );
    const after = await usages();
    const startSeconds = (beganAt - startedAt) / 1000;
    return figures({ before, half: half ?? after, after, endedAt, startSeconds, stages, count: options.count });
  } finally {
    await Promise.all(processes.map((one) => one.stop()));
  }
}

/** Where counting begins. */
interface Start extends Progress {
  readonly usages: readonly Usage[];
  readonly at: number;
}

const nothingDone = { done: 0, stages: {}, at: 0 };

function groupOf({ prefix }: Ground, { mode, replicas, adapter, delivery }: RunOptions): string {
  return `${prefix}${adapter}-${mode}-${String(replicas)}-${delivery}`;
}

function screenerProcess(ground: Ground, options: RunOptions): MeasuredProcess {
  const environment = {
    ...ground.environment,
    KAFKA_CLIENT: options.adapter,
    KAFKA_GROUP_ID: groupOf(ground, options),
    DELIVERY: options.delivery,
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
  readonly endedAt: number;
  readonly stages: Progress["stages"];
}

/** What is done once so many events are done: first that, then the next. */
interface Milestone {
  readonly done: number;
  readonly act: (at: number, progress: Progress) => Promise<void> | void;
}

/** Waits for one milestone after another; the first is the first event, the last the last. */
async function drained(progress: () => Promise<Progress>, milestones: readonly Milestone[]): Promise<Drained> {
  let beganAt: number | null = null;
  const ahead = [...milestones];
  for (;;) {
    const asked = performance.now();
    const found = await progress();
    for (let next = ahead[0]; next !== undefined && found.done >= next.done; next = ahead[0]) {
      beganAt ??= asked;
      await next.act(asked, found);
      ahead.shift();
    }
    if (ahead.length === 0 && beganAt !== null) return { beganAt, endedAt: asked, stages: found.stages };
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
    const page = await (await fetch(`${await one.address("http")}/metrics`)).text();
    for (const [, value] of page.matchAll(/^cordon_screening_decisions_total\{.*\} (\S+)$/gm)) done += Number(value);
    for (const [, stage, value] of page.matchAll(/^cordon_screening_stage_cpu_seconds_total\{stage="(\w+)"\} (\S+)$/gm))
      stages[stage!] = (stages[stage!] ?? 0) + Number(value) * 1e6;
  }
  return { done, stages };
}

interface Measured {
  readonly before: Start;
  readonly half: readonly Usage[];
  readonly startSeconds: number;
  readonly after: readonly Usage[];
  readonly endedAt: number;
  readonly stages: Progress["stages"];
  readonly count: number;
}

function figures({ before, half, after, endedAt, startSeconds, stages, count }: Measured): RunFigures {
  const cpu = cpuOf(after) - cpuOf(before.usages);
  const events = count - before.done;
  const counted = Object.entries(stages).map(
    ([stage, micros]) => [stage, micros - (before.stages[stage] ?? 0)] as const,
  );
  const staged = counted.reduce((total, [, micros]) => total + micros, 0);
  // What no stage counts: the fetches, the group, the collector's and the compiler's threads.
  const all = staged === 0 ? [] : [...counted, ["rest", cpu - staged] as const];
  return {
    perSecond: (events * 1000) / (endedAt - before.at),
    cpuMicrosPerEvent: cpu / events,
    stageMicrosPerEvent: Object.fromEntries(all.map(([stage, micros]) => [stage, micros / events])),
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
