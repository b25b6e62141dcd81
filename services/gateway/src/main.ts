import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";

import { connectRedis } from "@cordon/index-store";
import { createKafkaClient } from "@cordon/kafka";
import { anyAnswers, createLogger, createSchemaRegistry, followConfig, followingOn, runService } from "@cordon/service";

import { gatewayConfig } from "./config.ts";
import { redisLedger } from "./ledger/redis-ledger.ts";
import { runGateway } from "./service.ts";

const logger = createLogger({ service: "gateway" });

await runService({ process, logger }, async (context, ending) => {
  const followed = followConfig(gatewayConfig, process.env, followingOn(logger));
  const { config } = followed;
  logger.setLevel(config.log.level);
  ending.finishesWith("Kafka", () => anyAnswers(config.kafka.brokers, 500));
  const { version: build } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    readonly version: string;
  };
  const sendTimeout = config.limits.sendSeconds * 1000;
  const connection = connectRedis(
    { ...config.redis, secrets: () => followed.now().redis },
    { commandTimeoutMs: 2000, logger },
  );
  context.onClose("redis", () => {
    connection.close();
  });
  const ledger = redisLedger({
    connection,
    keyPrefix: config.redis.keyPrefix,
    instance: randomUUID(),
    keptMs: config.repeatHours * 3_600_000,
    // Sending one step, with what it waits for before and after.
    claimMs: sendTimeout + 20_000,
    deadMs: 5000,
  });
  const kafka = createKafkaClient({ ...config.kafka, secrets: () => followed.now().kafka, sendTimeout, log: logger });
  const registry = createSchemaRegistry({ ...config.registry, secrets: () => followed.now().registry });
  await runGateway(config, { kafka, registry, ledger, clock: Date.now, build }, context);
});
