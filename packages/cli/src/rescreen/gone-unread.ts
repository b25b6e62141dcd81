import type { KafkaClient, PartitionSurvey, TopicPartition } from "@cordon/kafka";
import type { TopicNames } from "@cordon/screening";

/** Events that were deleted before the screeners' group read them: they have no decision, and nothing can be screened again. */
export interface GoneUnread extends TopicPartition {
  /** Offsets, from the group's to before the earliest kept. */
  readonly from: number;
  readonly to: number;
}

/**
 * What stands between the group and the earliest event kept, by partition. Once a screener has run, its log and
 * `cordon_events_skipped_total` tell of it. Null where this user may not look at the group.
 */
export async function goneUnread(
  kafka: Pick<KafkaClient, "admin">,
  { groupId, names }: { readonly groupId: string; readonly names: TopicNames },
): Promise<readonly GoneUnread[] | null> {
  const admin = await kafka.admin();
  try {
    return gapsIn(await admin.survey(groupId, [names.payments, names.remittances]));
  } catch {
    return null;
  } finally {
    await admin.close();
  }
}

function gapsIn(surveys: readonly PartitionSurvey[]): readonly GoneUnread[] {
  return surveys.flatMap(({ topic, partition, start, committed }) =>
    committed !== null && committed < start ? [{ topic, partition, from: Number(committed), to: Number(start) }] : [],
  );
}
