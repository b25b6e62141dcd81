import type { Admin, KafkaClient, PartitionSurvey, Position, TopicPartition } from "@cordon/kafka";

import type { ScreenerTelemetry } from "../telemetry.ts";
import { followPartition, type Standing, type StandingOf } from "./standing.ts";

/**
 * Looks from time to time at the partitions that this screener was given. The consumer cannot tell of a standstill: behind an
 * open transaction, or a broker that hangs, it merely has nothing to hand out.
 */
export interface PartitionWatch {
  assigned(partitions: readonly TopicPartition[]): void;
  revoked(partitions: readonly TopicPartition[]): void;
  /** Before that offset everything is decided, or not to be seen. */
  passed(position: Position): void;
  /** How each of them stands now; those that were not looked at yet are left out. */
  standings(now: number): readonly (TopicPartition & Standing)[];
  close(): Promise<void>;
}

export interface PartitionWatchDeps {
  readonly kafka: Pick<KafkaClient, "admin">;
  readonly topics: readonly string[];
  readonly groupId: string;
  readonly telemetry: Pick<ScreenerTelemetry, "partitionsSeen" | "watchFailed" | "endMovedBack">;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly everyMs?: number;
}

const usualEveryMs = 5_000;

interface Followed extends TopicPartition {
  readonly standing: StandingOf;
  looked: boolean;
}

const nameOf = ({ topic, partition }: TopicPartition): string => `${topic} ${String(partition)}`;

/** Begins to look at once. What Kafka does not answer is looked at again later; nothing here ends the process. */
export function watchPartitions(deps: PartitionWatchDeps): PartitionWatch {
  const { topics, groupId, telemetry, clock, everyMs = usualEveryMs } = deps;
  const followed = new Map<string, Followed>();
  let admin: Admin | null = null;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let failures = 0;

  function note(surveys: readonly PartitionSurvey[], at: number): void {
    for (const survey of surveys) {
      const one = followed.get(nameOf(survey));
      if (one === undefined) continue;
      one.looked = true;
      const { topic, partition } = survey;
      const movedBack = one.standing.looked(survey, at);
      if (movedBack !== null) telemetry.endMovedBack({ topic, partition, ...movedBack });
    }
    telemetry.partitionsSeen({ at, counts: countsOf(surveys) });
  }

  async function look(): Promise<void> {
    try {
      admin ??= await deps.kafka.admin();
      // The time before it: what the brokers told is at least as new.
      const at = clock();
      const surveys = await admin.survey(groupId, topics);
      if (!closed) note(surveys, at);
      failures = 0;
    } catch (error) {
      failures += 1;
      if (!closed) telemetry.watchFailed({ error, attempt: failures });
      await admin?.close().catch(() => undefined);
      admin = null;
    }
    if (!closed) timer = setTimeout(() => void look(), everyMs);
  }

  void look();
  return {
    assigned(partitions) {
      for (const { topic, partition } of partitions)
        followed.set(nameOf({ topic, partition }), { topic, partition, standing: followPartition(), looked: false });
    },
    revoked(partitions) {
      for (const one of partitions) followed.delete(nameOf(one));
    },
    passed(position) {
      followed.get(nameOf(position))?.standing.passed(position.offset);
    },
    standings: (now) =>
      [...followed.values()]
        .filter(({ looked }) => looked)
        .map(({ topic, partition, standing }) => ({ topic, partition, ...standing.at(now) })),
    async close() {
      closed = true;
      clearTimeout(timer);
      await admin?.close().catch(() => undefined);
    },
  };
}

function countsOf(surveys: readonly PartitionSurvey[]): ReadonlyMap<string, number> {
  return new Map([...Map.groupBy(surveys, ({ topic }) => topic)].map(([topic, of]) => [topic, of.length]));
}
