import { actor, duringAct } from "@cordon/kafka";
import type { Logger } from "@cordon/service";

import type { ListSyncConfig } from "./config.ts";
import type { OnceTask, Task } from "./options.ts";
import type { ListSyncPorts } from "./service.ts";

/** Whether a sync by hand lets something go: then it is an act of a person, and no daily work. */
export const releases = ({ release, releaseLists }: OnceTask): boolean => release || releaseLists.length > 0;

type ActTask = OnceTask | Extract<Task, { kind: "rollback" }>;

/**
 * Records who does it and why, and then does it: on the topic of acts, and in the log in any case. A Kafka that is away is no
 * reason against a rollback.
 */
export function asAct(
  task: ActTask,
  {
    config,
    ports,
    logger,
  }: { readonly config: ListSyncConfig; readonly ports: ListSyncPorts; readonly logger: Logger },
  work: () => Promise<number>,
): Promise<number> {
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
    outcome: (code) => `exit code ${String(code)}`,
    onRecord: (record, unrecorded) => {
      if (unrecorded === null) logger.info("act of a person", { ...record });
      else logger.warn("act of a person, which its topic has not", { ...record, error: unrecorded });
    },
  });
}
