import { randomBytes } from "node:crypto";
import type { Readable } from "node:stream";

import { Wait } from "testcontainers";
import type { StartedTestContainer } from "testcontainers";

import { kafkaAnswers, postgresAnswers, redisAnswers, registryAnswers } from "../answering.ts";
import type { ServiceName } from "../service.ts";
import { untilAnswering } from "../until-answering.ts";
import { images } from "../versions.ts";
import { KafkaContainer } from "./kafka-container.ts";
import { LoopbackContainer, outsideAddress } from "./loopback-container.ts";
import type { EngineHost } from "./loopback-container.ts";
import { ownerLabels } from "./owned.ts";

interface Recipe {
  readonly make: (engineHost: EngineHost) => LoopbackContainer;
  readonly address: (container: StartedTestContainer) => string;
  readonly answers: (address: string) => Promise<void>;
}

const startupMs = 60_000;

/** Made for this run: whoever reaches the port is not thereby let in. */
const postgresPassword = randomBytes(18).toString("base64url");

const recipes: Readonly<Record<ServiceName, Recipe>> = {
  kafka: {
    make: (host) => new KafkaContainer(host),
    address: (container) => outsideAddress(container, 9092),
    answers: (address) => kafkaAnswers({ brokers: [address] }),
  },
  registry: {
    make: (host) => {
      const container = new LoopbackContainer(images.registry, host);
      container.withExposedPorts(8080).withWaitStrategy(Wait.forListeningPorts().withStartupTimeout(startupMs));
      return container;
    },
    address: (container) => `http://${outsideAddress(container, 8080)}/apis/ccompat/v7`,
    answers: (url) => registryAnswers({ url }),
  },
  redis: {
    make: (host) => {
      const container = new LoopbackContainer(images.redis, host);
      const settings = { bind: "0.0.0.0", "protected-mode": "no", save: "", "maxmemory-policy": "noeviction" };
      container
        .withExposedPorts(6379)
        .withCommand(["redis-server", ...Object.entries(settings).flatMap(([key, value]) => [`--${key}`, value])])
        .withWaitStrategy(Wait.forListeningPorts().withStartupTimeout(startupMs));
      return container;
    },
    address: (container) => `redis://${outsideAddress(container, 6379)}`,
    answers: (url) => redisAnswers(url),
  },
  postgres: {
    make: (host) => {
      const container = new LoopbackContainer(images.postgres, host);
      container
        .withExposedPorts(5432)
        .withEnvironment({ POSTGRES_PASSWORD: postgresPassword })
        // It starts once to be set up, and then for good.
        .withWaitStrategy(Wait.forLogMessage(/ready to accept connections/, 2).withStartupTimeout(startupMs));
      return container;
    },
    address: (container) => `postgres://postgres:${postgresPassword}@${outsideAddress(container, 5432)}/postgres`,
    answers: (url) => postgresAnswers(url),
  },
};

/** Starts the container of a service from an image that is there, and resolves with its address once it answers. */
export async function startContainer(name: ServiceName, engineHost: EngineHost): Promise<string> {
  const recipe = recipes[name];
  const log: string[] = [];
  try {
    const container = await recipe
      .make(engineHost)
      .withLabels(ownerLabels)
      .withLogConsumer((stream: Readable) => {
        stream.on("data", (chunk: Buffer) => {
          log.push(...chunk.toString("utf8").trimEnd().split("\n"));
          log.splice(0, log.length - 20);
        });
      })
      .start();
    const address = recipe.address(container);
    await untilAnswering(name, () => recipe.answers(address), {
      signal: new AbortController().signal,
      timeoutMs: startupMs,
    });
    return address;
  } catch (error) {
    const lines = log.map((line) => `  | ${line}`).join("\n");
    throw new Error(`${error instanceof Error ? error.message : String(error)}\nThe last lines of its log:\n${lines}`, {
      cause: error,
    });
  }
}
