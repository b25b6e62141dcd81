import { createHash, type Hash } from "node:crypto";
import { readFileSync } from "node:fs";

import { createRedisGoodGuyStore, createRedisIndexStore } from "@cordon/index-store";
import { createKafkaClient } from "@cordon/kafka";
import { engineVersion, openingSteps, selfCheckSteps } from "@cordon/matching";
import { anyAnswers, createLogger, createSchemaRegistry, followConfig, followingOn, runService } from "@cordon/service";

import { inSlices } from "./batch/pace.ts";
import { screenerConfig } from "./config.ts";
import { runScreener } from "./service.ts";

const logger = createLogger({ service: "screener" });

/** While the decisions of one batch are on their way to Kafka, others are screened; small ones are sent together. */
const concurrentPartitions = 16;

await runService({ process, logger }, async (context, ending) => {
  const followed = followConfig(screenerConfig, process.env, followingOn(logger));
  const { config } = followed;
  logger.setLevel(config.log.level);
  ending.finishesWith("Kafka", () => anyAnswers(config.kafka.brokers, 500));
  const { version: build } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    readonly version: string;
  };
  const store = createRedisIndexStore({ ...config.redis, secrets: () => followed.now().redis, logger });
  context.onClose("index store", () => store.close());
  const goodGuys = createRedisGoodGuyStore({ ...config.redis, secrets: () => followed.now().redis, logger });
  context.onClose("good guys' store", () => goodGuys.close());
  await runScreener(
    config,
    {
      kafka: createKafkaClient({
        ...config.kafka,
        secrets: () => followed.now().kafka,
        sessionTimeout: config.sessionTimeoutSeconds * 1000,
        concurrentPartitions,
        log: logger,
      }),
      registry: createSchemaRegistry({ ...config.registry, secrets: () => followed.now().registry }),
      store,
      goodGuys,
      engine: {
        version: engineVersion,
        open: async (snapshot) => {
          const index = await inSlices(openingSteps(snapshot, { sha256 }));
          await inSlices(selfCheckSteps(index));
          return index;
        },
      },
      clock: Date.now,
      build,
    },
    context,
  );
});

/** The runtime's: the engine, which has none, would take eight times as long. */
function sha256(): Hash {
  return createHash("sha256");
}
