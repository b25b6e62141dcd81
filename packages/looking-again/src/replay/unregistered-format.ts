import { createEncoder, subjectOf, topics } from "@cordon/schemas";
import type { OutputFormat, TopicNames } from "@cordon/screening";

/** Writes records that go nowhere, and so needs no registry. */
export function unregisteredFormat(names: TopicNames): OutputFormat {
  return {
    topics: names,
    decisions: { encoder: createEncoder(subjectOf(topics.decisions)), schemaId: 0 },
    alerts: { encoder: createEncoder(subjectOf(topics.alerts)), schemaId: 0 },
    decisionsWritten: "all",
  };
}
