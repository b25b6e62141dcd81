import { mkdirSync, openSync, readdirSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { listNames, listVariable } from "@cordon/lists";
import { type Stack, startStack } from "@cordon/local-stack";

import { awaitIndex } from "./await-index.ts";
import { type DeskPlan, planDesk } from "./desk.ts";
import { type GatewayPlan, planGateway } from "./gateway.ts";
import { planLists, probeAddress } from "./lists.ts";
import type { StartOptions } from "./options.ts";
import { type Watching, watchServices } from "./prometheus.ts";
import { keepService, type KeptService } from "./service.ts";
import { StartError } from "./start-error.ts";
import type { ServiceFact } from "./view.ts";

export interface PipelineOptions {
  readonly options: StartOptions;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** A line for the person at the terminal. */
  readonly say: (text: string) => void;
  /** Called when a service listens, at first and after each restart. */
  readonly onListening: (fact: ServiceFact) => void;
}

/** Kafka, the registry and Redis with both services, each answering and ready, and the canary beside them. */
export interface Pipeline {
  /** The environment of every client of this pipeline, ours included. */
  readonly environment: NodeJS.ProcessEnv;
  readonly stack: Stack;
  readonly screener: KeptService;
  readonly listSync: KeptService;
  readonly canary: KeptService;
  readonly gateway: KeptService;
  /** Null where it is not asked for. */
  readonly secondLook: KeptService | null;
  /** Null with `--no-desk`. */
  readonly desk: { readonly service: KeptService; readonly plan: DeskPlan } | null;
  /** Where messages are taken. */
  readonly gatewayUrl: string;
  /** Prometheus, where it is on PATH and somebody is there to look. */
  readonly watching: Watching | null;
}

const root = fileURLToPath(new URL("../..", import.meta.url));
const readyWithinMs = 180_000;
const keptLogFolders = 10;

/** A folder for this run's logs; those of the last runs stay. */
function logFolder(): string {
  const all = join(root, ".tools", "logs");
  mkdirSync(all, { recursive: true });
  for (const old of readdirSync(all).toSorted().slice(0, -keptLogFolders))
    rmSync(join(all, old), { recursive: true, force: true });
  const folder = join(all, `${new Date().toISOString().replaceAll(/[:.]/g, "-")}-${String(process.pid)}`);
  mkdirSync(folder);
  return folder;
}

function logTo(path: string): (line: string) => void {
  const file = openSync(path, "a");
  return (line) => {
    writeSync(file, `${line}\n`);
  };
}

/** Null when it is ready, else its reasons. */
async function notReady(service: KeptService, signal: AbortSignal): Promise<string | null> {
  const { name, url } = service.fact();
  if (url === null) return `${name} does not listen yet`;
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.any([signal, AbortSignal.timeout(5000)]) });
    if (response.ok) return null;
    const { reasons = [] } = (await response.json()) as { readonly reasons?: readonly string[] };
    return `${name}: ${reasons.join("; ")}`;
  } catch {
    return `${name} does not answer`;
  }
}

async function waitUntilReady(
  services: readonly KeptService[],
  { signal, faults }: { signal: AbortSignal; faults: readonly string[] },
): Promise<void> {
  const deadline = Date.now() + readyWithinMs;
  for (;;) {
    signal.throwIfAborted();
    if (faults.length > 0) throw new StartError(faults.join("\n"));
    const waits = (await Promise.all(services.map((service) => notReady(service, signal)))).filter(
      (wait) => wait !== null,
    );
    if (waits.length === 0) return;
    if (Date.now() > deadline)
      throw new StartError(`not ready after ${String(readyWithinMs / 1000)} s: ${waits.join(", ")}`);
    await sleep(200, undefined, { signal });
  }
}

/** What the services, and we, are told: where everything is, and that one broker is all there may be. */
function serviceEnvironment(base: NodeJS.ProcessEnv, stack: Stack, lists: Readonly<Record<string, string>>) {
  return {
    KAFKA_REPLICATION_FACTOR: "1",
    KAFKA_MIN_INSYNC_REPLICAS: "1",
    ...base,
    KAFKA_BROKERS: stack.kafkaBrokers,
    SCHEMA_REGISTRY_URL: stack.registryUrl,
    REDIS_URL: stack.redisUrl,
    ...lists,
  };
}

/**
 * Brings the whole pipeline up and runs `use` on it; takes everything down again whatever becomes of either. Rejects
 * with StartError, StackError or the signal's reason when something does not come up.
 */
export async function withPipeline(
  { options, environment, signal, say, onListening }: PipelineOptions,
  use: (pipeline: Pipeline) => Promise<void>,
): Promise<void> {
  const excerpt = join(root, "data", "gim", "uk-gim.csv");
  const probe = (url: string): Promise<string | null> => probeAddress(url, signal);
  say(`starting Kafka, the schema registry${options.desk ? ", Redis and PostgreSQL" : " and Redis"}`);
  const planned = planLists({ given: options.lists, environment, excerpt, probe });
  const since = Date.now();
  const stack = await startStack({ env: environment, report: say, signal, database: options.desk });
  const kept: KeptService[] = [];
  let watching: Watching | null = null;
  try {
    const { sources, notes } = await planned;
    for (const note of notes) say(note);
    const variables = Object.fromEntries(listNames.map((list) => [listVariable(list), sources[list]]));
    const desk: DeskPlan | null = stack.databaseUrl === null ? null : await planDesk(environment, stack.databaseUrl);
    const told = { ...serviceEnvironment(environment, stack, variables), ...desk?.forAll };
    const logs = logFolder();
    const faults: string[] = [];
    const gateway: GatewayPlan = await planGateway(environment);
    const start = (name: string, more: NodeJS.ProcessEnv = {}): KeptService => {
      const service = keepService({
        name,
        entry: join(root, "services", name, "src", "main.ts"),
        environment: { ...told, ...more },
        log: logTo(join(logs, `${name}.log`)),
        say,
        onListening,
        onHopeless: (reason) => void faults.push(reason),
      });
      kept.push(service);
      return service;
    };
    const optional = [...(options.secondLook ? ["second-look"] : []), ...(desk === null ? [] : ["desk"])];
    say(`starting ${["list-sync", "screener", "canary", ...optional].join(", ")} and gateway; their logs: ${logs}`);
    const services = {
      environment: told,
      stack,
      listSync: start("list-sync"),
      screener: start("screener"),
      canary: start("canary"),
      gateway: start("gateway", gateway.environment),
      gatewayUrl: gateway.url,
      secondLook: options.secondLook ? start("second-look") : null,
      desk: desk === null ? null : { service: start("desk", desk.environment), plan: desk },
    };
    // Who counts events looks at the count.
    if (options.events === null) watching = await watchServices({ environment, signal, say, services: () => kept });
    const pipeline: Pipeline = { ...services, watching };
    // The canary proves that the others work; nobody waits for it.
    await waitUntilReady(
      [
        pipeline.listSync,
        pipeline.screener,
        pipeline.gateway,
        ...(pipeline.desk === null ? [] : [pipeline.desk.service]),
      ],
      { signal, faults },
    );
    const enabled = listNames.filter((list) => sources[list] !== "off");
    const behind = await awaitIndex({ environment: told, screener: pipeline.screener, enabled, since, signal });
    for (const line of behind) say(line);
    await use(pipeline);
  } finally {
    await Promise.all([watching?.stop(), ...kept.map((service) => service.stop())]);
    await stack.stop();
  }
}
