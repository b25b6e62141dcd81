import { createEncoder, schemaText, subjectOf, topics } from "@cordon/schemas";
import type { SchemaRegistry } from "@cordon/service";

import type { OutputFormat } from "./outputs.ts";
import type { TopicNames } from "./topics.ts";

/**
 * Registers the schemas of what is written, and also the events', so that producers in any language find them.
 * Rejects with REGISTRY_UNAVAILABLE or SCHEMA_INCOMPATIBLE.
 */
export async function registerOutputFormat(
  registry: SchemaRegistry,
  { names, decisionsWritten }: { readonly names: TopicNames } & Pick<OutputFormat, "decisionsWritten">,
): Promise<OutputFormat> {
  const register = (name: "payments" | "remittances" | "decisions" | "alerts"): Promise<number> =>
    registry.register(`${names[name]}-value`, schemaText(subjectOf(topics[name])));
  await register("payments");
  await register("remittances");
  // The same text has the same id under any subject.
  for (const name of ["decisions", "alerts"] as const) {
    const topic = names[name === "decisions" ? "canaryDecisions" : "canaryAlerts"];
    await registry.register(`${topic}-value`, schemaText(subjectOf(topics[name])));
  }
  return {
    topics: names,
    decisions: { encoder: createEncoder(subjectOf(topics.decisions)), schemaId: await register("decisions") },
    alerts: { encoder: createEncoder(subjectOf(topics.alerts)), schemaId: await register("alerts") },
    decisionsWritten,
  };
}
