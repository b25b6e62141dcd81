import { shortHash } from "./hash.ts";

/**
 * The id of the alert on an event: 32 hexadecimal digits of SHA-256 over the event id and the designation ids, sorted
 * and each once. The same finding has the same id for ever, so that a repeat collapses downstream.
 */
export function alertIdOf(eventId: string, designationIds: Iterable<string>): string {
  return shortHash([eventId, [...new Set(designationIds)].toSorted()], 32);
}
