import { readFileSync } from "node:fs";
import { hostname } from "node:os";

import { archiveOf, createRedisIndexStore } from "@cordon/index-store";
import { createKafkaClient } from "@cordon/kafka";
import {
  type ActDeps,
  type ActTask,
  asAct,
  type ListSyncPorts,
  listSyncConfig,
  matchingEngine,
  releases,
} from "@cordon/list-sync";
import { anyAnswers, createLogger, createSchemaRegistry, followConfig, followingOn, runService } from "@cordon/service";

import { readTask, usage } from "./options.ts";
import { runListSync, runRollBack } from "./service.ts";

if (process.argv.includes("--help")) {
  process.stdout.write(usage);
  process.exit(0);
}

const logger = createLogger({ service: "list-sync" });

const onRecord: ActDeps<number>["onRecord"] = (record, unrecorded) => {
  if (unrecorded === null) logger.info("act of a person", { ...record });
  else logger.warn("act of a person, which its topic has not", { ...record, error: unrecorded });
};

await runService({ process, logger }, async (context, ending) => {
  const task = readTask(process.argv.slice(2));
  const followed = followConfig(listSyncConfig, process.env, followingOn(logger));
  const { config } = followed;
  logger.setLevel(config.log.level);
  ending.finishesWith("Kafka", () => anyAnswers(config.kafka.brokers, 500));
  const { version: build } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    readonly version: string;
  };
  const { versionsKept } = config.sync;
  const store = createRedisIndexStore({
    ...config.redis,
    signingKey: config.signingKey,
    secrets: () => ({ ...followed.now().redis, signingKey: followed.now().signingKey }),
    versionsKept,
    logger,
  });
  context.onClose("index store", () => store.close());
  const ports: ListSyncPorts = {
    kafka: createKafkaClient({ ...config.kafka, secrets: () => followed.now().kafka, log: logger }),
    registry: createSchemaRegistry({ ...config.registry, secrets: () => followed.now().registry }),
    store,
    archive: archiveOf(config.archive),
    engine: matchingEngine,
    clock: Date.now,
    by: `${hostname()}:${String(process.pid)}`,
  };
  const recorded = (act: ActTask, work: () => Promise<number>): Promise<number> =>
    asAct(act, { config, ports, onRecord, codeOf: (code) => code }, work);
  if (task.kind === "rollback") return recorded(task, () => runRollBack(config, ports, { context, task }));
  const once = task.kind === "once" ? task : null;
  const sync = (): Promise<number> => runListSync(config, ports, { context, build, once });
  return once !== null && releases(once) ? recorded(once, sync) : sync();
});
