/*
 * Canary events are sent by Cordon itself through the event topics, to prove that what is listed is found. What becomes
 * of them goes to topics of their own, never to those of business.
 */

/** Where decisions and alerts of canary events go; values are those of the topics they stand in for. */
export const canaryTopics = {
  decisions: "screening.canary-decisions.v1",
  alerts: "screening.canary-alerts.v1",
} as const;

/** What the canaries' topics are created with. */
export const canaryTopicDefaults = { partitions: 1, retentionMs: 86_400_000 } as const;

/** The header that a canary event carries; its value says who sent it. */
export const canaryHeader = "cordon-canary";

/** Every canary's event id begins so, and no other event's may. */
export const canaryIdPrefix = "cordon-canary:";

/**
 * Whether that event is a canary: its id, its record's key and its header all say so. Whatever lacks one of them is
 * business: better a canary among payments than a payment among canaries.
 */
export function isCanary(
  eventId: string,
  record: { readonly key: Buffer | null; header(name: string): Buffer | undefined },
): boolean {
  return (
    eventId.startsWith(canaryIdPrefix) &&
    record.key?.toString("utf8") === eventId &&
    record.header(canaryHeader) !== undefined
  );
}
