import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { createKafkaClient, type KafkaClient } from "@cordon/kafka";
import { listSources } from "@cordon/lists";
import type { BreakableStack } from "@cordon/local-stack";
import type { Designation } from "@cordon/matching";
import { topics } from "@cordon/schemas";
import { createSchemaRegistry, type KafkaClientName } from "@cordon/service";
import {
  breaches,
  type Coordinate,
  createEventEncoder,
  createLedger,
  createTraffic,
  judge,
  type Ledger,
  plantedNames,
  type Seen,
  type Verdict,
} from "@cordon/simulator";
import kafkajs from "kafkajs";

import { type CordonProcess, runCordonCommand, startCordonProcess } from "./cordon-process.ts";
import { createLoad, type Load } from "./load.ts";
import { createObserver, type Observer } from "./observer.ts";
import type { Fault, LeftOut, Scene, StartOptions } from "./scene.ts";

export interface FaultResult {
  readonly fault: Fault;
  readonly verdict: Verdict;
  /** Empty: every promise was kept. */
  readonly breaches: readonly string[];
  /** From the end of the cause until every event sent before it was decided, seconds; null: there was no end to count from. */
  readonly recoverySeconds: number | null;
  /** Longest time from the sending of an event to its decision once the fault struck, seconds. */
  readonly longestWaitSeconds: number;
  /** What `Scene.took` was told; null: nothing. */
  readonly tookSeconds: number | null;
  readonly notes: readonly string[];
}

export interface PlayOptions {
  readonly stack: BreakableStack;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** What Cordon's services reach Kafka through; those who send and read from outside always take kafkajs. */
  readonly client: KafkaClientName;
  /** Puts each play's topics and keys apart. */
  readonly run: string;
  /** How often this fault was played on this client before, in this run. */
  readonly round: number;
  /** Where what its services say is kept; null: nowhere. */
  readonly logs: string | null;
}

const listFile = fileURLToPath(new URL("../../../data/gim/uk-gim.csv", import.meta.url));
const warmEvents = 300;
const usualRate = 300;
const settleSeconds = 120;
/** Time in which a decision made twice would still arrive. */
const lingerMs = 2000;
const endingMs = 20_000;

/** Plays one fault on a Cordon of its own and judges what came out. Rejects when it could not be played to its end. */
export async function playFault(fault: Fault, options: PlayOptions): Promise<FaultResult> {
  const endings: (() => Promise<unknown>)[] = [];
  try {
    return await playOn(fault, { ...options, atEnd: (end) => endings.push(end) });
  } finally {
    await options.stack.redisLink.set({ kind: "open" });
    await options.stack.registryLink.set({ kind: "open" });
    // What does not end by itself hangs on what was broken, and must not hide why the play failed.
    for (const end of endings.toReversed()) await Promise.race([end().catch(() => {}), sleep(endingMs)]);
  }
}

interface Playing extends PlayOptions {
  readonly atEnd: (end: () => Promise<unknown>) => void;
}

async function playOn(fault: Fault, playing: Playing): Promise<FaultResult> {
  const { stack, signal, run, round, atEnd } = playing;
  const prefix = `${fault.name}-${run}.`;
  const lists = await twoLists();
  // A sender that gives up before a slow broker has answered writes everything again, and makes it slower.
  const kafka = createKafkaClient({ brokers: stack.kafkaBrokers.split(","), clientId: "faults", sendTimeout: 30_000 });
  const registry = createSchemaRegistry({ url: stack.directRegistryUrl });
  const ledger = createLedger();
  const traffic = createTraffic({
    seed: 7,
    idPrefix: `${fault.name}-${run}`,
    planted: plantedNames(lists.designations),
    plantedEvery: 40,
    heldEvery: 500,
    ...(fault.deadlineMs === undefined ? {} : { deadlineMs: fault.deadlineMs }),
  });
  await createTopics(kafka, prefix, fault);
  const encode = await createEventEncoder({ registry, topicPrefix: prefix });
  const producer = await kafka.producer();
  atEnd(() => producer.close());
  const observer = createObserver({ kafka, prefix, ledger, traffic });
  atEnd(() => observer.stop());
  const load = createLoad({ producer, encode, traffic, ledger, signal });
  atEnd(() => load.stop());
  const cordon = cordonOf(prefix, lists.whole, { ...playing, fault });
  const clock = recoveryClock(ledger, load);
  atEnd(() => clock.close());
  const kept = {
    notes: new Array<string>(),
    broken: new Array<string>(),
    gone: new Set<Coordinate>(),
    took: new Array<number>(),
  };

  const listSync = cordon.startListSync();
  await listSync.says("index published");
  if (fault.withoutScreener !== true) await cordon.startScreener().says("partitions assigned");
  await observer.start();

  let isStruck = false;
  const decided = (): number => ledger.totals().decided;
  const until = async (what: string, done: () => boolean, seconds: number): Promise<void> => {
    const deadline = Date.now() + seconds * 1000;
    while (!done()) {
      signal.throwIfAborted();
      observer.failed.throwIfAborted();
      if (Date.now() > deadline) throw new Error(`${what} took longer than ${String(seconds)} s: ${await whereIsIt()}`);
      await sleep(10);
    }
  };
  const whereIsIt = async (): Promise<string> => {
    const { missing } = judge(observer.seen, { expected: load.expected, mayHold: new Set() });
    const partitions = new Set(missing.map((at) => at.slice(prefix.length).replace(/\/\d+$/, "")));
    const words = cordon.screeners.map((screener) => screener.lastWords(12));
    const vitals = await Promise.all(cordon.screeners.map(vitalsOf));
    const lost = ledger.missing(5).filter((number) => number < load.sent() - 1000);
    return `${String(load.sent())} sent, oldest undecided ${lost.join(", ")}, ${String(observer.seen.events.length)} read back, ${String(missing.length)} of them undecided, in ${[...partitions].join(", ")}. The screeners: ${words.join("\n")}\n${vitals.join("\n")}`;
  };
  const scene: Scene = {
    ...cordon,
    stack,
    load,
    seen: observer.seen,
    kafka,
    registry,
    prefix,
    round,
    listSync,
    lists,
    struck: () => {
      if (!isStruck) ledger.latency.clear();
      isStruck = true;
    },
    mended: () => {
      clock.mended();
    },
    untilDecided: (more, seconds = 90) => {
      const goal = decided() + more;
      return until(`deciding ${String(more)} events`, () => decided() >= goal, seconds);
    },
    untilCaughtUp: (seconds = 90) => {
      const goal = load.sent();
      return until("catching up", () => (ledger.missing(1)[0] ?? goal) >= goal, seconds);
    },
    gone: (events) => {
      for (const at of events) kept.gone.add(at);
    },
    untilInSync: () => untilInSync(stack.kafkaBrokers.split(","), signal),
    pause: (seconds) => sleep(seconds * 1000, undefined, { signal }),
    mustBe: (what, holds) => {
      if (!holds) kept.broken.push(what);
    },
    took: (seconds) => kept.took.push(seconds),
    note: (text) => kept.notes.push(text),
  };

  load.steady(fault.rate ?? usualRate);
  if (fault.withoutScreener !== true) await scene.untilDecided(warmEvents);
  await fault.play(scene);
  await load.stop();
  await settle(scene, observer, { fault, gone: kept.gone });
  const verdict = judge(without(observer.seen, kept.gone), {
    expected: load.expected,
    mayHold: new Set(fault.mayHold),
  });
  return {
    fault,
    verdict,
    breaches: [...breaches(verdict, fault), ...kept.broken],
    recoverySeconds: clock.recoverySeconds(),
    longestWaitSeconds: (ledger.latency.percentile(100) ?? 0) / 1000,
    tookSeconds: kept.took.length === 0 ? null : Math.max(...kept.took),
    notes: kept.notes,
  };
}

/** Waits until everything is read back, or until nothing has come for too long: then the verdict tells what is missing. */
async function settle(
  { load, seen }: Scene,
  { failed }: Observer,
  { fault, gone }: { readonly fault: Fault; readonly gone: ReadonlySet<Coordinate> },
): Promise<void> {
  const rules = { expected: load.expected, mayHold: new Set(fault.mayHold) };
  const complete = (): boolean => {
    const { missing, missedHits, unalerted } = judge(without(seen, gone), rules);
    return missing.length === 0 && missedHits.length === 0 && unalerted.length === 0;
  };
  const deadline = Date.now() + settleSeconds * 1000;
  while (!complete() && Date.now() < deadline) {
    failed.throwIfAborted();
    await sleep(250);
  }
  await sleep(lingerMs);
}

function without(seen: Seen, gone: ReadonlySet<Coordinate>): Seen {
  return gone.size === 0 ? seen : { ...seen, events: seen.events.filter(({ at }) => !gone.has(at)) };
}

const inSyncSeconds = 120;

/** A broker that was started again holds nothing until it has caught up: a second one may not be missed before. */
async function untilInSync(brokers: readonly string[], signal: AbortSignal): Promise<void> {
  const admin = new kafkajs.Kafka({ brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    for (const deadline = Date.now() + inSyncSeconds * 1000; Date.now() < deadline;) {
      signal.throwIfAborted();
      const { topics: all } = await admin.fetchTopicMetadata();
      const lacking = all.flatMap(({ partitions }) =>
        partitions.filter(({ isr, replicas }) => isr.length < replicas.length),
      );
      if (lacking.length === 0) return;
      await sleep(500);
    }
    throw new Error(`not every replica was in sync within ${String(inSyncSeconds)} s`);
  } finally {
    await admin.disconnect();
  }
}

const vital =
  /^(?:process_cpu_seconds_total|nodejs_eventloop_lag_p99|cordon_screening_stage_|cordon_kafka_(?:oldest|consumer|open)|cordon_retries_total|cordon_screening_decisions_total)/;

/** What a screener's page says of its work, for a person who looks for what waits: starved, or standing still. */
async function vitalsOf(screener: CordonProcess): Promise<string> {
  try {
    const page = await fetch(`${await screener.url()}/metrics`, { signal: AbortSignal.timeout(5_000) });
    return (await page.text())
      .split("\n")
      .filter((line) => vital.test(line) && !line.endsWith(" 0"))
      .join("\n  ");
  } catch (error) {
    return `no metrics: ${String(error)}`;
  }
}

/** Topics of three replicas, as in production; the screener finds them there. */
async function createTopics(kafka: KafkaClient, prefix: string, { maxMessageBytes }: Fault): Promise<void> {
  const admin = await kafka.admin();
  const common = { partitions: 3, replicationFactor: 3, minInSyncReplicas: 2 };
  const events = { ...common, stampedByBroker: true, ...(maxMessageBytes === undefined ? {} : { maxMessageBytes }) };
  try {
    await admin.ensureTopics([
      { topic: prefix + topics.payments, ...events },
      { topic: prefix + topics.remittances, ...events },
      { topic: prefix + topics.decisions, ...common },
      { topic: prefix + topics.alerts, ...common },
      { topic: prefix + topics.deadLetters, ...common, partitions: 1, maxMessageBytes: 16 * 1024 * 1024 },
    ]);
  } finally {
    await admin.close();
  }
}

type Cordon = Pick<Scene, "screeners" | "startScreener" | "startListSync" | "replaceList" | "redisPrefix" | "command">;

/** Services with keys, topics and a group of their own. */
function cordonOf(
  prefix: string,
  list: string,
  { stack, env, client, logs, atEnd, fault }: Playing & { readonly fault: Fault },
): Cordon {
  const folder = mkdtempSync(join(tmpdir(), "cordon-faults-"));
  atEnd(async () => {
    rmSync(folder, { recursive: true, force: true });
  });
  const listPath = join(folder, "list.csv");
  writeFileSync(listPath, list);
  const redisPrefix = `${prefix}redis:`;
  const common = {
    PATH: env["PATH"],
    KAFKA_BROKERS: stack.kafkaBrokers,
    KAFKA_CLIENT: client,
    SCHEMA_REGISTRY_URL: stack.registryUrl,
    REDIS_KEY_PREFIX: redisPrefix,
    TOPIC_PREFIX: prefix,
    KAFKA_GROUP_ID: `${prefix}screener`,
    KAFKA_REPLICATION_FACTOR: "3",
    KAFKA_MIN_INSYNC_REPLICAS: "2",
    KAFKA_EVENT_PARTITIONS: "3",
    INDEX_POLL_SECONDS: "0.2",
  };
  const screeners: CordonProcess[] = [];
  const start = (service: "screener" | "list-sync", more: StartOptions): CordonProcess => {
    const own =
      service === "screener"
        ? { REDIS_URL: stack.redisUrl, ...fault.env }
        : {
            REDIS_URL: stack.directRedisUrl,
            SCHEMA_REGISTRY_URL: stack.directRegistryUrl,
            LIST_UK: listPath,
            LIST_UN: "off",
            FILE_POLL_SECONDS: "0.2",
            SYNC_INTERVAL_SECONDS: "5",
          };
    const log = logs === null ? null : join(logs, `${prefix}${service}.log`);
    const started = startCordonProcess({ ...more, service, log, env: { ...common, ...own, ...more.env } });
    atEnd(() => started.kill());
    return started;
  };
  return {
    redisPrefix,
    screeners,
    startScreener(options = {}) {
      const started = start("screener", options);
      screeners.push(started);
      return started;
    },
    startListSync: (options = {}) => start("list-sync", options),
    command: (args) => runCordonCommand(args, { ...common, REDIS_URL: stack.redisUrl }),
    replaceList(content) {
      writeFileSync(`${listPath}.new`, content);
      renameSync(`${listPath}.new`, listPath);
    },
  };
}

interface RecoveryClock {
  mended(): void;
  recoverySeconds(): number | null;
  close(): Promise<void>;
}

/** Recovery: from the last `mended` until every event that had left by then is decided. */
function recoveryClock(ledger: Ledger, load: Load): RecoveryClock {
  let waiting: { readonly since: number; readonly goal: number } | null = null;
  let seconds: number | null = null;
  const look = (): void => {
    if (waiting === null || (ledger.missing(1)[0] ?? waiting.goal) < waiting.goal) return;
    seconds = Math.max(seconds ?? 0, (Date.now() - waiting.since) / 1000);
    waiting = null;
  };
  const timer = setInterval(look, 20);
  return {
    mended() {
      waiting = { since: Date.now(), goal: load.sent() };
    },
    recoverySeconds: () => {
      look();
      return seconds;
    },
    async close() {
      clearInterval(timer);
    },
  };
}

/** The list, and the same without its first designation that stands in one row with an unmistakable name. */
async function twoLists(): Promise<{
  readonly whole: string;
  readonly shorter: string;
  readonly leftOut: LeftOut;
  readonly designations: readonly Designation[];
}> {
  const whole = readFileSync(listFile, "utf8");
  const designations = await designationsOf(whole);
  const left = designations[0];
  const name = left?.names.find(({ kind }) => kind === "PRIMARY")?.text;
  if (left === undefined || name === undefined) throw new Error("the list of the faults has no designation");
  const key = left.id.slice("uk:".length);
  const shorter = whole
    .split("\n")
    .filter((line) => !line.includes(key))
    .join("\n");
  // Names that stand in both lists are the ones that traffic plants: their answer is the same whichever is live.
  return {
    whole,
    shorter,
    leftOut: {
      name,
      designationId: left.id,
      entries: designations.length,
      entriesWithout: (await designationsOf(shorter)).length,
    },
    designations: designations.slice(1),
  };
}

async function designationsOf(list: string): Promise<readonly Designation[]> {
  const { designations } = await listSources.uk.parse(
    (async function* () {
      yield Buffer.from(list);
    })(),
  );
  return designations;
}
