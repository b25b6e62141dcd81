import { CordonError } from "@cordon/errors";
import { createDecoder, type Decoder, type RecordOf, schemaIdOf, subjectOf, topics } from "@cordon/schemas";
import type { SchemaRegistry } from "@cordon/service";

import type { Verdict } from "../ledger/port.ts";
import { plain } from "./plain-json.ts";

type ResultTopic = typeof topics.decisions | typeof topics.alerts;

/** An alert may be as large as its topic takes. */
const maxBytes = 16 * 1_048_576;

export type WriteDecision = (eventId: string, verdict: Verdict) => Promise<string>;

/**
 * Writes a verdict as the contract wants it, read by the schema that each record was written with. A record that says CLEAR of
 * another event, or while its header does not, clears nothing. Rejects with REGISTRY_UNAVAILABLE and CONTRACT_VIOLATED.
 */
export function decisionWriter(registry: Pick<SchemaRegistry, "schemaById">): WriteDecision {
  const decision = recordReader(registry, topics.decisions);
  const alert = recordReader(registry, topics.alerts);
  return async (eventId, verdict) => {
    const told = await decision(verdict.decision);
    if (told.eventId !== eventId || (told.outcome === "CLEAR" && verdict.outcome !== "CLEAR"))
      throw new CordonError("CONTRACT_VIOLATED", "the decision's key or header contradicts what stands in it");
    const more = verdict.alert === null ? {} : { alert: await alert(verdict.alert) };
    return JSON.stringify({ ...told, ...more }, plain);
  };
}

function recordReader<T extends ResultTopic>(
  registry: Pick<SchemaRegistry, "schemaById">,
  topic: T,
): (value: Buffer) => Promise<RecordOf[`${T}-value`]> {
  const decoders = new Map<number, Decoder<RecordOf[`${T}-value`]>>();
  return async (value) => {
    const id = schemaIdOf(value);
    if (id === null) throw new CordonError("CONTRACT_VIOLATED", `a record of ${topic} is not in the wire format`);
    let decoder = decoders.get(id);
    if (decoder === undefined) {
      const schema = await registry.schemaById(id);
      if (schema === null)
        throw new CordonError("REGISTRY_UNAVAILABLE", `the registry has no schema ${String(id)} of ${topic}`);
      decoder = createDecoder<`${T}-value`>(subjectOf(topic), schema, { maxBytes });
      decoders.set(id, decoder);
    }
    return decoder.decode(value);
  };
}
