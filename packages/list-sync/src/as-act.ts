import { actor, duringAct, type DuringActOptions } from "@cordon/kafka";

import type { ListSyncConfig } from "./config.ts";
import type { RollBackTask } from "./once.ts";
import type { ListSyncPorts, OnceTask } from "./open-list-sync.ts";

/** Whether a sync by hand lets something go: then it is an act of a person, and no daily work. */
export const releases = ({ release, releaseLists }: OnceTask): boolean => release || releaseLists.length > 0;

export type ActTask = OnceTask | RollBackTask;

export interface ActDeps<T> extends Pick<DuringActOptions, "onRecord"> {
  readonly config: ListSyncConfig;
  readonly ports: Pick<ListSyncPorts, "kafka" | "clock">;
  /** The exit code that the result leads to. */
  readonly codeOf: (result: T) => number;
}

/**
 * Records who does it and why, and then does it: on the topic of acts, and by `onRecord` in any case. A Kafka that is away is no
 * reason against a rollback.
 */
export function asAct<T>(
  task: ActTask,
  { config, ports, onRecord, codeOf }: ActDeps<T>,
  work: () => Promise<T>,
): Promise<T> {
  const released = task.releaseLists.flatMap((list) => ["--release-list", list]);
  const isRollback = "version" in task;
  const act = {
    act: isRollback ? ("rollback" as const) : ("sync" as const),
    options: [...(isRollback ? [task.version] : task.release ? ["--release"] : []), ...released],
    ...actor(),
    reason: task.because,
  };
  return duringAct(act, work, {
    kafka: ports.kafka,
    topicPrefix: config.topicPrefix,
    replicationFactor: config.kafka.replicationFactor,
    minInSyncReplicas: config.kafka.minInSyncReplicas,
    now: ports.clock,
    outcome: (result) => `exit code ${String(codeOf(result))}`,
    onRecord,
  });
}
