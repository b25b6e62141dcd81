import { topicsAbsent } from "./permissions.ts";
import type { TopicSettings } from "./port.ts";

/**
 * Creates each, and answers which were created: not those where somebody else was faster. Those that may not be created are
 * told of together, after the others: rejects with TOPIC_ABSENT.
 */
export async function createAll(
  missing: readonly TopicSettings[],
  create: (settings: TopicSettings) => Promise<boolean>,
  { isForbidden, who }: { readonly isForbidden: (error: unknown) => boolean; readonly who: string },
): Promise<ReadonlySet<string>> {
  const made = new Set<string>();
  const refused: string[] = [];
  for (const settings of missing) {
    try {
      if (await create(settings)) made.add(settings.topic);
    } catch (error) {
      if (!isForbidden(error)) throw error;
      refused.push(settings.topic);
    }
  }
  if (refused.length > 0) throw topicsAbsent(refused, who);
  return made;
}
