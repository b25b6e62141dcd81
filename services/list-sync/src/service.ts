import {
  type ListSyncConfig,
  type ListSyncPorts,
  onceLimitMs,
  type OnceTask,
  openListSync,
  rollBackOnce,
  type RollBackTask,
} from "@cordon/list-sync";
import {
  createMetrics,
  createWaitings,
  type PatienceOptions,
  type ServiceContext,
  startHttpServer,
  tellAll,
} from "@cordon/service";

import { alive, ready } from "./health.ts";
import { logTelemetry } from "./telemetry-to-log.ts";
import { countTelemetry } from "./telemetry-to-metrics.ts";

export interface RunOptions {
  readonly context: ServiceContext;
  /** Version of the build, for a metric's label. */
  readonly build: string;
  /** One look at every list, then the end; null: on and on. See the usage in `options.ts`. */
  readonly once: OnceTask | null;
  /** Milliseconds that one look may take with all its waiting. */
  readonly withinMs?: number;
}

/**
 * Keeps the lists in the store, until told to stop. Answers the exit code: with `once`, 0 if every list is good, its
 * index live and announced, else 1.
 */
export async function runListSync(
  config: ListSyncConfig,
  ports: ListSyncPorts,
  { context, build, once, withinMs = onceLimitMs }: RunOptions,
): Promise<number> {
  const signal = once !== null ? AbortSignal.any([context.signal, AbortSignal.timeout(withinMs)]) : context.signal;
  const metrics = createMetrics("list-sync");
  metrics.buildInfo.set({ service: "list-sync", version: build, engine: ports.engine.version }, 1);
  const telemetry = tellAll([logTelemetry(context.logger), countTelemetry(metrics, ports.clock)]);
  const waitings = createWaitings();
  const patience: PatienceOptions = {
    signal,
    onWait: (event) => {
      waitings.waited(event);
      telemetry.waited(event);
    },
    onResume: (event) => {
      waitings.resumed(event);
      telemetry.resumed(event);
    },
  };

  const syncing = openListSync(config, ports, { telemetry, patience, once, fail: context.fail });
  const server = await startHttpServer({
    ...config.http,
    metrics: () => metrics.scrape(),
    health: alive,
    ready: () => ready(syncing.sync, config.lists, waitings.reasons()),
  });
  context.onClose("http", () => server.close());
  context.logger.info("listening", { url: server.url });
  context.onClose("syncing", () => syncing.close());
  try {
    return (await syncing.run()) ? 0 : 1;
  } catch (error) {
    if (context.signal.aborted) return once === null ? 0 : 1;
    throw error;
  }
}

/**
 * Brings a kept version back, and announces what that changed, if Kafka can be had. Answers the exit
 * code: 0 once the version is live, whether it could be announced or not.
 */
export async function runRollBack(
  config: ListSyncConfig,
  ports: ListSyncPorts,
  { context, task, withinMs }: RollBackOptions,
): Promise<number> {
  const { failure } = await rollBackOnce(config, ports, {
    task,
    telemetry: logTelemetry(context.logger),
    signal: context.signal,
    ...(withinMs === undefined ? {} : { withinMs }),
  });
  if (failure !== null) throw failure;
  return 0;
}

export interface RollBackOptions {
  readonly context: Pick<ServiceContext, "logger" | "signal">;
  readonly task: Pick<RollBackTask, "version" | "releaseLists">;
  /** How long announcing is waited for, milliseconds. */
  readonly withinMs?: number;
}
