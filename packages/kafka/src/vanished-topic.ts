import type { JoiningGroup } from "./shared-join.ts";

/** What of kafkajs 2.2.4 is touched. */
export interface FetchingGroup extends JoiningGroup {
  readonly memberId: string | null;
  readonly cluster: { refreshMetadata(): Promise<unknown> };
  fetch: (this: FetchingGroup, nodeId: unknown) => Promise<unknown>;
  recoverFromFetch: (this: FetchingGroup, error: unknown) => Promise<unknown>;
}

const isVanished = (error: unknown): boolean =>
  error instanceof Error && "type" in error && error.type === "UNKNOWN_TOPIC_OR_PARTITION";

/** Who wants to hear of it, by member id: the brokers give each one once. */
const listeners = new Map<string, () => void>();

/** What was processed of a topic that is gone says nothing about another of its name. Answers how to end the listening. */
export function onVanishedTopic(memberId: string, listener: () => void): () => void {
  listeners.set(memberId, listener);
  return () => {
    listeners.delete(memberId);
  };
}

/**
 * Lets a member that heard of a topic which is not there join its group again before it reads on, however long that takes.
 * kafkajs 2.2.4 knows topics by name alone: where one is deleted and made anew while it asks for metadata in vain, it would
 * read the new one from the offset of the old, and never its beginning. Joining asks for the group's offset, and Kafka
 * deletes a group's offsets with their topic.
 */
export function rejoinAfterVanishing({
  fetch,
  recoverFromFetch,
}: Pick<FetchingGroup, "fetch" | "recoverFromFetch">): Pick<FetchingGroup, "fetch" | "recoverFromFetch"> {
  const mustJoin = new WeakSet<FetchingGroup>();
  return {
    async recoverFromFetch(error) {
      if (isVanished(error)) {
        mustJoin.add(this);
        listeners.get(this.memberId ?? "")?.();
      }
      await recoverFromFetch.call(this, error);
      mustJoin.delete(this);
    },
    async fetch(nodeId) {
      if (mustJoin.has(this)) {
        await this.cluster.refreshMetadata();
        await this.joinAndSync();
        mustJoin.delete(this);
      }
      return fetch.call(this, nodeId);
    },
  };
}
