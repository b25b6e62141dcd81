import { createHash, type Hash, randomUUID } from "node:crypto";
import { hostname, setPriority } from "node:os";

import { archiveOf, createRedisIndexStore, createRedisJobStore } from "@cordon/index-store";
import { createKafkaClient } from "@cordon/kafka";
import { openSnapshot, selfCheck } from "@cordon/matching";
import { createLogger, createSchemaRegistry, followConfig, followingOn, runService } from "@cordon/service";

import { secondLookConfig } from "./config.ts";
import { runSecondLook } from "./service.ts";

const logger = createLogger({ service: "second-look" });

await runService({ process, logger }, async (context) => {
  const followed = followConfig(secondLookConfig, process.env, followingOn(logger));
  const { config } = followed;
  const redis = { ...config.redis, secrets: () => followed.now().redis, logger };
  logger.setLevel(config.log.level);
  // Whatever decides payments comes first.
  setPriority(10);
  const store = createRedisIndexStore(redis);
  context.onClose("index store", () => store.close());
  const jobs = createRedisJobStore(redis);
  context.onClose("jobs", () => jobs.close());
  const archive = archiveOf(config.archive);
  await runSecondLook(
    config,
    {
      kafka: createKafkaClient({ ...config.kafka, secrets: () => followed.now().kafka, log: logger }),
      registry: createSchemaRegistry({ ...config.registry, secrets: () => followed.now().registry }),
      store,
      ...(archive === null ? {} : { archived: (version: string) => archive.load(version) }),
      jobs,
      open: (snapshot) => {
        const index = openSnapshot(snapshot, { sha256 });
        selfCheck(index);
        return index;
      },
      clock: Date.now,
      // In two containers of one host's name both processes may be the first: none holds what the other one does.
      by: `${hostname()}:${String(process.pid)}:${randomUUID()}`,
    },
    context,
  );
});

/** The runtime's: the engine, which has none, would take eight times as long. */
function sha256(): Hash {
  return createHash("sha256");
}
