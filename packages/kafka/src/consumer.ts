import { CordonError, dispositionOf } from "@cordon/errors";
import { backOffMs } from "@cordon/service";

import { createEmitter } from "./emitter.ts";
import type { Session, SessionDeps } from "./kafkajs/consumer-session.ts";
import type { CompiledKafkaOptions } from "./options.ts";
import type { Consumer, ConsumerEvents, OnBatch } from "./port.ts";

const pauses = { firstMs: 500, mostMs: 10_000 };

/** How an adapter joins a group: rejects when it cannot connect or a topic is missing. */
export type OpenSession = (deps: SessionDeps) => Promise<Session>;

interface StartOptions {
  readonly topics: readonly string[];
  readonly groupId: string;
  readonly onBatch: OnBatch;
  readonly terms?: string;
}

/**
 * A consumer that joins again when an outage ended its membership, after pauses from 0.5 s doubling to 10 s, and dies
 * of anything else. `start` rejects with KAFKA_UNAVAILABLE, TOPIC_UNSUITABLE or CONFIG_INVALID.
 */
export function createConsumer(options: CompiledKafkaOptions, openSession: OpenSession): Consumer {
  const { on, emit } = createEmitter<ConsumerEvents>();
  let progressAt = Date.now();
  let session: Promise<Session> | null = null;
  let stopping: Promise<void> | null = null;
  let restart: NodeJS.Timeout | undefined;
  let failures = 0;

  const open = (start: StartOptions): Promise<Session> =>
    openSession({
      ...start,
      terms: start.terms ?? "",
      options,
      progress: () => {
        progressAt = Date.now();
      },
      assigned: (partitions) => {
        failures = 0;
        emit("assigned", partitions);
      },
      revoked: (partitions) => {
        emit("revoked", partitions);
      },
      committed: (positions) => {
        emit("committed", positions);
      },
      commitFailed: (error) => {
        emit("commitFailed", { error });
      },
      passed: (position) => {
        emit("passed", position);
      },
      skipped: (event) => {
        emit("skipped", event);
      },
      ended: ({ error, ours }) => {
        ended(start, error, ours);
      },
    });

  function ended(start: StartOptions, error: Error, ours: boolean): void {
    if (stopping !== null) return;
    const restartable = !ours && dispositionOf(error) === "retry";
    failures += 1;
    if (restartable) restart = setTimeout(() => void reopen(start), backOffMs(failures, pauses));
    emit("crash", { error, restarting: restartable });
  }

  async function reopen(start: StartOptions): Promise<void> {
    const opening = open(start);
    session = opening;
    try {
      await opening;
    } catch (error) {
      const known = error instanceof Error ? error : new Error("the consumer could not start", { cause: error });
      ended(start, known, false);
    }
  }

  async function end(): Promise<void> {
    clearTimeout(restart);
    const running = await session?.catch(() => null);
    await running?.stop();
  }

  return {
    on,
    lastProgressAt: () => progressAt,
    async start(start) {
      if (session !== null || stopping !== null)
        throw new CordonError("CONTRACT_VIOLATED", "a consumer is started once; make another one");
      progressAt = Date.now();
      session = open(start);
      await session;
    },
    stop() {
      stopping ??= end();
      return stopping;
    },
  };
}
