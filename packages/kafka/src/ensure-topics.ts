import { tooFewBrokers } from "./client-errors.ts";
import { retrying } from "./deadline.ts";
import type { errorKinds } from "./error-kinds.ts";
import { topicsAbsent } from "./permissions.ts";
import type { TopicReport, TopicSettings } from "./port.ts";
import { compareTopic, type StandingTopic } from "./topic-differences.ts";

/** How an adapter looks at topics and makes them. */
export interface TopicMaker {
  /** Which of them stand. */
  standing(topics: readonly string[]): Promise<ReadonlySet<string>>;
  /** False when somebody else was faster, where the library says so. */
  create(settings: TopicSettings): Promise<boolean>;
  /** Fails, in a way that passes, while the topic is not known yet or a partition of it has no leader. */
  describe(topic: string): Promise<StandingTopic>;
}

export interface EnsureOptions {
  readonly maker: TopicMaker;
  readonly kinds: Pick<
    ReturnType<typeof errorKinds>,
    "isForbiddenToCreate" | "isTopicAlreadyThere" | "isBadReplication" | "isUnknownTopic"
  > & { readonly isOutage: (error: unknown) => boolean };
  readonly who: string;
}

/** A topic just created, by us or by another client at the same moment, takes a while to be known and to have leaders. */
export const untilLedPauses = [50, 100, 200, 400, 800, 1600, 3200, 6400] as const;

/** `Admin.ensureTopics`. */
export async function ensureTopics(
  topics: readonly TopicSettings[],
  { maker, kinds, who }: EnsureOptions,
): Promise<readonly TopicReport[]> {
  const standing = await maker.standing(topics.map(({ topic }) => topic));
  const missing = topics.filter(({ topic }) => !standing.has(topic));
  const made = await createAll(missing, { maker, kinds, who });
  const isPassing = (error: unknown): boolean => kinds.isUnknownTopic(error) || kinds.isOutage(error);
  const reports: TopicReport[] = [];
  for (const settings of topics) {
    const { topic } = settings;
    const created = made.has(topic);
    const found = await retrying(() => maker.describe(topic), { pauses: untilLedPauses, isPassing });
    const { partitions, maxMessageBytes } = found;
    reports.push({
      topic,
      created,
      partitions,
      maxMessageBytes,
      differences: created ? [] : compareTopic(settings, found),
    });
  }
  return reports;
}

/**
 * Creates each, and answers which were created: not those where somebody else was faster. Those that may not be created are
 * told of together, after the others: rejects with TOPIC_ABSENT.
 */
async function createAll(
  missing: readonly TopicSettings[],
  { maker, kinds, who }: EnsureOptions,
): Promise<ReadonlySet<string>> {
  const made = new Set<string>();
  const refused: string[] = [];
  for (const settings of missing) {
    const { topic, replicationFactor } = settings;
    try {
      if (await maker.create(settings)) made.add(topic);
    } catch (error) {
      if (kinds.isTopicAlreadyThere(error)) continue;
      if (kinds.isBadReplication(error)) throw tooFewBrokers(topic, replicationFactor, error);
      if (!kinds.isForbiddenToCreate(error)) throw error;
      refused.push(topic);
    }
  }
  if (refused.length > 0) throw topicsAbsent(refused, who);
  return made;
}
