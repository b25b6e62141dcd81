import type { PartitionSurvey, Position, TopicPartition } from "../port.ts";
import { larger } from "../range-cursor.ts";
import type { Cluster } from "./cluster.ts";
import { createCoordinator } from "./coordinator.ts";
import { committedOffsets, offsetsAt } from "./offsets.ts";

export async function survey(
  cluster: Cluster,
  groupId: string,
  topics: readonly string[],
): Promise<readonly PartitionSurvey[]> {
  cluster.forget();
  const places: TopicPartition[] = [];
  for (const topic of topics) {
    const { leaders } = await cluster.withRetries(() => cluster.layout(topic));
    places.push(...leaders.map((_, partition) => ({ topic, partition })));
  }
  const starts = await offsetsAt(cluster, places, "earliest");
  // In this order: what is written between both must not look as if a transaction held it back.
  const ends = await offsetsAt(cluster, places, "latest", "uncommitted");
  const stableEnds = await offsetsAt(cluster, places, "latest");
  const coordinator = createCoordinator(cluster, { kind: "group", key: groupId, lane: "control" });
  const committed = await cluster.withRetries(() =>
    committedOffsets(coordinator, { groupId, partitions: places, how: "as it is now" }),
  );
  return places.map((place) => {
    const of = (positions: readonly Position[]): bigint => offsetOf(positions, place);
    const group = of(committed);
    const stableEnd = of(stableEnds);
    const end = larger(of(ends), stableEnd);
    return { ...place, start: of(starts), stableEnd, end, committed: group < 0n ? null : group };
  });
}

function offsetOf(positions: readonly Position[], { topic, partition }: TopicPartition): bigint {
  return positions.find((one) => one.topic === topic && one.partition === partition)?.offset ?? -1n;
}
