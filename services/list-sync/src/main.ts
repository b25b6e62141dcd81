import { readFileSync } from "node:fs";

import { CordonError } from "@cordon/errors";
import {
  createKafkaClient,
  createLogger,
  createRedisIndexStore,
  createSchemaRegistry,
  readConfig,
  runService,
} from "@cordon/platform";
import { compileSnapshot, engineVersion, openSnapshot, selfCheck, snapshotVersion } from "@cordon/screening";

import { listSyncConfig } from "./config.ts";
import { runListSync } from "./service.ts";

const usage = `list-sync keeps the sanctions lists in Redis.
  --once   look at every list once; exit 0 if each is good and its index live and announced, else 1
  --help   this text
Everything else is told by the environment.
`;

if (process.argv.includes("--help")) {
  process.stdout.write(usage);
  process.exit(0);
}

const logger = createLogger({ service: "list-sync" });

await runService({ process, logger }, async (context) => {
  const options = process.argv.slice(2);
  if (options.some((option) => option !== "--once"))
    throw new CordonError("CONFIG_INVALID", "an option that list-sync does not know; try --help");
  const config = readConfig(listSyncConfig, process.env);
  logger.setLevel(config.log.level);
  const { version: build } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    readonly version: string;
  };
  const store = createRedisIndexStore({ ...config.redis, logger });
  context.onClose("index store", () => store.close());
  return runListSync(
    config,
    {
      kafka: createKafkaClient({ ...config.kafka, log: logger }),
      registry: createSchemaRegistry(config.registry),
      store,
      engine: {
        version: engineVersion,
        compile: compileSnapshot,
        versionOf: snapshotVersion,
        open: openSnapshot,
        selfCheck,
      },
      clock: Date.now,
      build,
    },
    { context, once: options.includes("--once") },
  );
});
