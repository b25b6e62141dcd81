import type { TransactionSource } from "./port.ts";

/**
 * The id by which brokers shut out older producers of a source: the same in every process and release. No group or topic
 * has a colon in its name, so two sources never share one.
 */
export function transactionalIdOf({ groupId, topic, partition }: TransactionSource): string {
  return `${groupId}:${topic}:${String(partition)}`;
}
