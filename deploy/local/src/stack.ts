import { startContainers } from "./containers/find.ts";
import { findInEnvironment, isInEnvironment } from "./environment/find.ts";
import { startKafka } from "./processes/kafka.ts";
import { startPostgres } from "./processes/postgres.ts";
import { startRedis } from "./processes/redis.ts";
import { startRegistry } from "./processes/registry.ts";
import { makeScratchFolder } from "./processes/scratch-folder.ts";
import type { Finding, Service, ServiceName, Source, Starting } from "./service.ts";

export interface StackOptions {
  /** Addresses, credentials, PATH and JAVA_HOME are read from here. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Called with a line of progress, without a newline at its end. */
  readonly report: (line: string) => void;
  /** `never` leaves out the containers, also where an engine answers. Default `where-possible`. */
  readonly containers?: "where-possible" | "never";
  /** Whether PostgreSQL, which only the alert desk needs, is found or started, too. Default false. */
  readonly database?: boolean;
  /** Aborting stops what was started and rejects with its reason. */
  readonly signal?: AbortSignal;
}

/** Kafka, a schema registry, Redis, and PostgreSQL if it was asked for, each answering. */
export interface Stack {
  /** `host:port`, with commas between several. */
  readonly kafkaBrokers: string;
  /** The Confluent-style API: `/subjects` is below it. */
  readonly registryUrl: string;
  readonly redisUrl: string;
  /** With the credentials of a superuser. Null unless it was asked for. */
  readonly databaseUrl: string | null;
  readonly sources: Readonly<Record<Exclude<ServiceName, "postgres">, Source>>;
  /** Stops what was started here and removes its data. May be called more than once. */
  stop(): Promise<void>;
}

const starters = {
  kafka: startKafka,
  registry: startRegistry,
  redis: startRedis,
  postgres: startPostgres,
} as const satisfies Record<ServiceName, (starting: Starting) => Promise<Service>>;

/**
 * Finds or starts them at the same time, each on its own: the address in the environment, else a container where an
 * engine answers, else a local process. What is started listens on loopback only, keeps its data in one temporary folder
 * and ends with this process, however that ends. Throws StackError, and leaves nothing running, when one cannot be had.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const {
    env,
    report,
    containers: wanted = "where-possible",
    database = false,
    signal = new AbortController().signal,
  } = options;
  const failed = new AbortController();
  const finding: Finding = { env, report, signal: AbortSignal.any([signal, failed.signal]) };
  const scratch = makeScratchFolder();
  const starting: Starting = { ...finding, newFolder: (name) => scratch.newFolder(name) };
  const names = (Object.keys(starters) as ServiceName[]).filter((name) => name !== "postgres" || database);
  const containers = startContainers(
    names.filter((name) => wanted !== "never" && !isInEnvironment(name, env)),
    finding,
  );
  const started: Service[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all([containers.stop(), ...started.map((service) => service.stop())]);
    scratch.remove();
  };
  const start = async (name: ServiceName): Promise<Service> => {
    const began = performance.now();
    const service =
      (await findInEnvironment(name, finding)) ?? (await containers.find(name)) ?? (await starters[name](starting));
    started.push(service);
    report(
      `${name}: up after ${((performance.now() - began) / 1000).toFixed(1)} s (${service.source}, ${shown(service.address)})`,
    );
    return service;
  };
  const all = [
    start("kafka"),
    start("registry"),
    start("redis"),
    database ? start("postgres") : Promise.resolve(null),
  ] as const;
  try {
    const [kafka, registry, redis, postgres] = await Promise.all(all);
    return {
      kafkaBrokers: kafka.address,
      registryUrl: registry.address,
      redisUrl: redis.address,
      databaseUrl: postgres?.address ?? null,
      sources: { kafka: kafka.source, registry: registry.source, redis: redis.source },
      stop,
    };
  } catch (error) {
    failed.abort(error);
    await Promise.allSettled(all);
    await stop();
    signal.throwIfAborted();
    throw error;
  }
}

/** An address from the environment may carry a password. */
function shown(address: string): string {
  return address.replace(/\/\/[^/@]*@/, "//");
}
