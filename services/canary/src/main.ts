import { readFileSync } from "node:fs";

import { createRedisIndexStore } from "@cordon/index-store";
import { createKafkaClient } from "@cordon/kafka";
import { engineVersion, openSnapshot } from "@cordon/matching";
import { anyAnswers, createLogger, createSchemaRegistry, followConfig, followingOn, runService } from "@cordon/service";

import { canaryConfig } from "./config.ts";
import { runCanary } from "./service.ts";

const logger = createLogger({ service: "canary" });

await runService({ process, logger }, async (context, ending) => {
  const followed = followConfig(canaryConfig, process.env, followingOn(logger));
  const { config } = followed;
  logger.setLevel(config.log.level);
  ending.finishesWith("Kafka", () => anyAnswers(config.kafka.brokers, 500));
  const { version: build } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    readonly version: string;
  };
  const store = createRedisIndexStore({ ...config.redis, secrets: () => followed.now().redis, logger });
  context.onClose("index store", () => store.close());
  await runCanary(
    config,
    {
      kafka: createKafkaClient({ ...config.kafka, secrets: () => followed.now().kafka, log: logger }),
      registry: createSchemaRegistry({ ...config.registry, secrets: () => followed.now().registry }),
      store,
      engine: { version: engineVersion, open: (snapshot) => openSnapshot(snapshot).designations() },
      clock: Date.now,
      build,
    },
    context,
  );
});
