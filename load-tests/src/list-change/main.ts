import { execFile } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { createRedisIndexStore, type IndexStore } from "@cordon/index-store";
import { createKafkaClient, type Producer } from "@cordon/kafka";
import { mostEvents } from "@cordon/looking-again";
import { createSchemaRegistry, kafkaConfig, readConfig, redisConfig, registryConfig } from "@cordon/service";
import { createEventEncoder, createTraffic } from "@cordon/simulator";

import { runCommand } from "../command.ts";
import { markdownTable } from "../markdown-table.ts";
import { madeList } from "./made-list.ts";
import { type ListChangeOptions, readListChangeOptions, usage } from "./options.ts";
import { readResults, type Results } from "./results.ts";
import { type Started, startPipeline } from "./started.ts";

const names = fileURLToPath(new URL("../../../../shared/data/names/popular_names", import.meta.url));
const commandLine = fileURLToPath(new URL("../../../packages/cli/src/main.ts", import.meta.url));
const waitsMs = 480_000;

/** Rows of the table that is printed. */
type Told = [string, string][];

interface Scene {
  readonly options: ListChangeOptions;
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly started: Started;
  readonly store: IndexStore;
  readonly results: Results;
  /** Sends so many events more, and tells those that carry a later name and when each was sent. */
  readonly send: (count: number) => Promise<void>;
  readonly sent: ReadonlyMap<string, { readonly at: number; readonly later: boolean }>;
  readonly told: Told;
}

async function drill(options: ListChangeOptions): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), "cordon-list-change-"));
  const list = madeList(names, options.entries);
  const file = join(folder, "own.ndjson");
  writeFileSync(file, list.before);
  const archive = { INDEX_ARCHIVE: join(folder, "archive") };
  const args = ["--no-traffic", "--no-desk", "--second-look", "--list", `own=${file}`];
  const started = await startPipeline(args, { ...process.env, ...archive }, say);
  const environment = { ...process.env, ...archive, ...Object.fromEntries(started.values) };
  const { kafka, registry, redis } = readConfig(
    { kafka: kafkaConfig, registry: registryConfig, redis: redisConfig },
    environment,
  );
  const client = createKafkaClient(kafka);
  const store = createRedisIndexStore(redis);
  try {
    const results = await readResults(client, `drill-${String(process.pid)}`);
    const producer = await client.producer();
    const { send, sent } = await sender(producer, { registry: createSchemaRegistry(registry), list });
    const scene = { options, folder, environment, started, store, results, send, sent, told: [] };
    const good = await play(scene, () => {
      writeFileSync(`${file}.next`, list.after);
      renameSync(`${file}.next`, file);
    });
    await results.stop();
    await producer.close();
    process.stdout.write(`${markdownTable(["what", "measured"], scene.told)}\n`);
    if (options.keep !== null) keepFiles(scene, options.keep);
    return good;
  } finally {
    await store.close();
    await started.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function keepFiles({ folder, told }: Pick<Scene, "folder" | "told">, keep: string): void {
  mkdirSync(keep, { recursive: true });
  writeFileSync(join(keep, "list-change.json"), `${JSON.stringify(Object.fromEntries(told), null, 2)}\n`);
  if (existsSync(join(folder, "shadow.html"))) copyFileSync(join(folder, "shadow.html"), join(keep, "shadow.html"));
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function sender(
  producer: Producer,
  {
    registry,
    list,
  }: { readonly registry: ReturnType<typeof createSchemaRegistry>; readonly list: ReturnType<typeof madeList> },
) {
  const encode = await createEventEncoder({ registry });
  const idPrefix = `drill-${String(process.pid)}`;
  const traffic = createTraffic({ seed: 20, idPrefix, planted: list.later, plantedEvery: 100, heldEvery: 1_000_000 });
  const sent = new Map<string, { readonly at: number; readonly later: boolean }>();
  let next = 0;
  return {
    sent,
    send: async (count: number): Promise<void> => {
      for (let left = count; left > 0; left -= 500) {
        const at = Date.now();
        const events = Array.from({ length: Math.min(500, left) }, () => traffic.eventAt(next++, at));
        for (const { eventId, expected } of events) sent.set(eventId, { at, later: expected.outcome === "HIT" });
        await producer.send(events.map((event) => encode(event)));
      }
    },
  };
}

async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<number> {
  const deadline = Date.now() + waitsMs;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`${what}: not within ${String(waitsMs / 1000)} s`);
    await sleep(100);
  }
  return Date.now();
}

/** One metric of a service, all its series together; 0 where it is not there. */
async function metric({ values }: Started, service: string, name: string): Promise<number> {
  const text = await (await fetch(values.get(`${service}_METRICS_URL`) ?? "")).text();
  return text
    .split("\n")
    .filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
    .reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
}

async function play(scene: Scene, change: () => void): Promise<boolean> {
  const { options, store, results, send, sent, told, started } = scene;
  const allDecided = (): boolean => [...sent.keys()].every((id) => results.decided.has(id));
  say(`sending ${String(options.events)} events`);
  await send(options.events);
  await until("decisions before the change", allDecided);
  await until("second-look", () => started.values.has("SECOND_LOOK_METRICS_URL"));
  const generation = (await store.current())?.generation ?? 0;
  const steady = await underway(scene, 10_000);

  say("changing the list");
  const changedAt = Date.now();
  const cpuBefore = await metric(started, "SECOND_LOOK", "process_cpu_seconds_total");
  change();
  const { publishedAt, hitAt, firstAlert } = await amidTraffic(scene, async () => {
    await until("the publication", async () => ((await store.current())?.generation ?? 0) > generation);
    const published = (await store.current())?.createdAt ?? 0;
    const hit = await until("the first hit", () => firstHit(scene) !== null);
    const alert = await until("the first alert of the look-back", () => results.lookedBack.size > 0);
    await until(
      "the look-back's end",
      async () => (await metric(started, "SECOND_LOOK", "cordon_look_back_duration_seconds")) > 0,
    );
    return { publishedAt: published, hitAt: hit, firstAlert: alert };
  });
  await until("decisions after the change", allDecided);
  await sleep(3000);
  const cpu = (await metric(started, "SECOND_LOOK", "process_cpu_seconds_total")) - cpuBefore;
  const seconds = await metric(started, "SECOND_LOOK", "cordon_look_back_duration_seconds");
  const since = (at: number): string => `${((at - changedAt) / 1000).toFixed(1)} s after the file changed`;
  told.push(["events before the change, and in all", `${String(options.events)}, ${String(sent.size)}`]);
  told.push(["publication", since(publishedAt)], ["first HIT by the new index", since(hitAt)]);
  told.push(["first alert of the look-back", since(firstAlert)]);
  told.push([
    "end of the look-back, which waits a minute for screeners that still swap",
    `${seconds.toFixed(1)} s after publication`,
  ]);
  told.push(["processor time of second-look, all its work", `${cpu.toFixed(1)} s`]);
  told.push(["latency of the live stream before the change", steady]);
  told.push(["latency while the look-back ran", latencyOf(scene, publishedAt)]);
  const complete = judged(scene);
  return (await commands(scene)) && complete;
}

/** Sends events at the rate until `work` has ended. Rejects with whichever fails first, and lets neither fail unheard. */
async function amidTraffic<T>(scene: Scene, work: () => Promise<T>): Promise<T> {
  const ended = new AbortController();
  const live = (async () => {
    while (!ended.signal.aborted) await underway(scene, 1000);
  })();
  const [done] = await Promise.all([
    work().finally(() => {
      ended.abort();
    }),
    live,
  ]);
  return done;
}

/** Sends events at the rate for so long; tells their latency. */
async function underway(scene: Scene, milliseconds: number): Promise<string> {
  const from = Date.now();
  const { send, options } = scene;
  let due = 0;
  while (Date.now() - from < milliseconds) {
    const now = Math.floor(((Date.now() - from) / 1000) * options.rate);
    if (now > due) await send(now - due);
    due = now;
    await sleep(50);
  }
  if (milliseconds > 1000) await sleep(2000);
  return latencyOf(scene, from);
}

function latencyOf({ sent, results }: Pick<Scene, "sent" | "results">, from: number): string {
  const all = [...sent]
    .filter(([, { at }]) => at >= from)
    .flatMap(([id, { at }]) => {
      const decided = results.decided.get(id);
      return decided === undefined ? [] : [decided.at - at];
    })
    .toSorted((x, y) => x - y);
  const at = (share: number): string => String(all[Math.min(all.length - 1, Math.floor(all.length * share))] ?? 0);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms of ${String(all.length)} events`;
}

function firstHit({ sent, results }: Scene): string | null {
  for (const [id, { later }] of sent) if (later && results.decided.get(id)?.outcome === "HIT") return id;
  return null;
}

/** Whether each event that was cleared with a later name has one alert of the look-back, and no other event any. */
function judged({ sent, results, told }: Scene): boolean {
  const named = [...sent].filter(([, { later }]) => later).map(([id]) => id);
  const cleared = named.filter((id) => results.decided.get(id)?.outcome === "CLEAR");
  const found = cleared.filter((id) => results.lookedBack.get(id)?.size === 1);
  const others = [...results.lookedBack.keys()].filter((id) => sent.get(id)?.later !== true);
  told.push([
    "events with a name that was listed later",
    `${String(named.length)}: ${String(named.length - cleared.length)} HIT, ${String(cleared.length)} CLEAR before`,
  ]);
  told.push(["of those cleared, with exactly one alert of the look-back", String(found.length)]);
  told.push(["alerts of the look-back on other events", String(others.length)]);
  return found.length === cleared.length && others.length === 0 && cleared.length > 0;
}

/** Replays what was decided, and runs a shadow. */
async function commands({ environment, folder, told, options }: Scene): Promise<boolean> {
  const kinds = new Map<string, number>();
  const places = new Map<string, number>();
  let seconds = 0;
  for (const topic of ["payments.v1", "remittances.v1"])
    for (let partition = 0; partition < 6; partition++) {
      const last = Math.min(Math.ceil(options.events / 4), mostEvents - 1);
      const place = `${topic}/${String(partition)}/0-${String(last)}`;
      const run = await cordon(["replay", "--event", place, "--json"], environment);
      seconds += run.seconds;
      for (const line of run.stdout.split("\n").filter((text) => text.startsWith("{"))) {
        const { kind, differences = [] } = JSON.parse(line) as {
          readonly kind: string;
          readonly differences?: readonly { readonly path: string }[];
        };
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
        // Paths only: what stands there may be a name.
        const where = differences.map(({ path }) => path).join(", ");
        if (where !== "") places.set(where, (places.get(where) ?? 0) + 1);
      }
    }
  const counts = [...kinds].map(([kind, times]) => `${String(times)} ${kind}`).join(", ");
  told.push(["decisions replayed, of both indexes", `${counts}; ${seconds.toFixed(1)} s`]);
  for (const [where, times] of places) told.push(["they differ in", `${where} (${String(times)})`]);
  const page = join(folder, "shadow.html");
  const shadow = await cordon(["shadow", "--threshold", "80", "--page", page, "--json"], environment);
  const { events, alerts } = JSON.parse(shadow.stdout) as { readonly events: number; readonly alerts: unknown };
  told.push([
    "shadow run at 80 against 85",
    `${String(events)} events, ${JSON.stringify(alerts)}; ${shadow.seconds.toFixed(1)} s`,
  ]);
  return kinds.size === 1 && kinds.has("same");
}

/** `cordon …`, to its end, with how long it took. */
function cordon(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly stdout: string; readonly seconds: number }> {
  const from = performance.now();
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [commandLine, ...args], { env, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      if (stdout === "") reject(new Error(`cordon ${args[0] ?? ""} said nothing: ${stderr}`, { cause: error }));
      else resolve({ stdout, seconds: (performance.now() - from) / 1000 });
    });
  });
}

await runCommand({ usage, read: readListChangeOptions, run: drill });
