import { CordonError } from "@cordon/errors";
import { type Consumer, type KafkaClient, type OnBatch } from "@cordon/kafka";
import { type PatienceOptions, retryUntilAvailable } from "@cordon/service";

import type { Delivery } from "./delivery.ts";
import type { ScreenerTelemetry } from "./telemetry.ts";
import type { PartitionWatch } from "./watch/partition-watch.ts";

/** This process's place in the consumer group. */
export interface GroupPlace {
  /** Joins; waits while Kafka is away. Rejects with TOPIC_UNSUITABLE or CONFIG_INVALID. */
  join(options: JoinOptions): Promise<void>;
  /** Whether the group gave this member its partitions, be they none. */
  joined(): boolean;
  /** Milliseconds since the epoch of the last sign of life; `null` before joining. */
  lastProgressAt(): number | null;
  /** Rejects when the consumer died and will not start over by itself. Never resolves. */
  readonly crashed: Promise<never>;
  /** The batch in hand is finished and committed, or abandoned if it waits; then the group is left. */
  leave(): Promise<void>;
}

export interface JoinOptions {
  readonly topics: readonly string[];
  readonly groupId: string;
  readonly onBatch: OnBatch;
  /** What replicas must agree on to share the work. */
  readonly terms: string;
  readonly patience: PatienceOptions;
  /** Told which partitions are this member's. */
  readonly delivery: Pick<Delivery, "take">;
  readonly watch: Pick<PartitionWatch, "assigned" | "revoked" | "passed">;
}

function lastWord(error: Error): Error {
  if (error instanceof CordonError) return error;
  return new CordonError("CONSUMER_CRASHED", `the consumer ended and will not start over: ${error.name}`, {
    cause: error,
  });
}

export function createGroupPlace(kafka: KafkaClient, telemetry: ScreenerTelemetry): GroupPlace {
  const death = Promise.withResolvers<never>();
  death.promise.catch(() => {}); // whoever awaits it hears of it
  let consumer: Consumer | null = null;
  let joined = false;

  function listen(to: Consumer, { delivery, watch }: JoinOptions): void {
    to.on("assigned", (partitions) => {
      joined = true;
      delivery.take(partitions);
      watch.assigned(partitions);
      telemetry.partitionsAssigned(partitions);
    });
    to.on("revoked", (partitions) => {
      joined = false;
      watch.revoked(partitions);
      telemetry.partitionsRevoked(partitions);
    });
    to.on("skipped", (event) => {
      telemetry.eventsSkipped(event);
    });
    to.on("passed", (position) => {
      watch.passed(position);
    });
    to.on("commitFailed", (event) => {
      telemetry.commitFailed(event);
    });
    to.on("crash", (event) => {
      joined = false;
      telemetry.consumerCrashed(event);
      if (!event.restarting) death.reject(lastWord(event.error));
    });
  }

  /** A consumer is started once: each attempt takes a new one. */
  async function attempt(options: JoinOptions): Promise<void> {
    const { topics, groupId, onBatch, terms } = options;
    const next = kafka.consumer();
    listen(next, options);
    consumer = next;
    try {
      await next.start({ topics, groupId, onBatch, terms });
    } catch (error) {
      consumer = null;
      await next.stop();
      throw error;
    }
  }

  return {
    join: (options) => retryUntilAvailable("Kafka", () => attempt(options), options.patience),
    joined: () => joined,
    lastProgressAt: () => consumer?.lastProgressAt() ?? null,
    crashed: death.promise,
    leave: async () => {
      const leaving = consumer;
      consumer = null;
      joined = false;
      await leaving?.stop();
    },
  };
}
