import { readFileSync } from "node:fs";

import { createRedisGoodGuyStore, createRedisIndexStore } from "@cordon/index-store";
import { createKafkaClient } from "@cordon/kafka";
import { anyAnswers, createLogger, createSchemaRegistry, followConfig, followingOn, runService } from "@cordon/service";
import { createSigner } from "@cordon/signing";

import { deskConfig } from "./config.ts";
import { runDesk } from "./service.ts";
import { cordonCommand } from "./work/run-cordon.ts";

const logger = createLogger({ service: "desk" });

await runService({ process, logger }, async (context, ending) => {
  const followed = followConfig(deskConfig, process.env, followingOn(logger));
  const { config } = followed;
  const secrets = (): typeof config.redis => followed.now().redis;
  logger.setLevel(config.log.level);
  ending.finishesWith("Kafka", () => anyAnswers(config.kafka.brokers, 500));
  const { version: build } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    readonly version: string;
  };
  const store = createRedisIndexStore({ ...config.redis, secrets, logger });
  context.onClose("index store", () => store.close());
  const goodGuys = createRedisGoodGuyStore({ ...config.redis, secrets, logger });
  context.onClose("good guys", () => goodGuys.close());
  await runDesk(
    config,
    {
      kafka: createKafkaClient({ ...config.kafka, secrets: () => followed.now().kafka, log: logger }),
      registry: createSchemaRegistry({ ...config.registry, secrets: () => followed.now().registry }),
      store,
      goodGuys,
      signer: config.signingKey === null ? null : createSigner(config.signingKey, "GOOD_GUYS_SIGNING_KEY"),
      runCordon: cordonCommand(config.rescreenCommand, process.env),
      clock: Date.now,
      build,
    },
    context,
  );
});
