import { CordonError } from "@cordon/errors";
import { type ConsumedRecord } from "@cordon/kafka";
import { createDecoder, type Decision, type Decoder, schemaIdOf, subjectOf, topics } from "@cordon/schemas";
import { type PatienceOptions, retryUntilAvailable, type SchemaRegistry } from "@cordon/service";

/** Reads decisions that were written with whatever version of their schema. */
export interface DecisionReader {
  /** What reads these records; `null` for one that is no decision. Waits while the registry gives no answer. */
  forRecords(records: readonly ConsumedRecord[]): Promise<(record: ConsumedRecord) => Decision | null>;
}

export function createDecisionReader(registry: SchemaRegistry, patience: PatienceOptions): DecisionReader {
  const known = new Map<number, Decoder<Decision> | null>();
  return {
    async forRecords(records) {
      for (const id of new Set(records.map(({ value }) => schemaIdOf(value)))) {
        if (id === null || known.has(id)) continue;
        const schema = await retryUntilAvailable("the schema registry", () => registry.schemaById(id), patience);
        known.set(id, schema === null ? null : orNull(() => createDecoder(subjectOf(topics.decisions), schema)));
      }
      return ({ value }) => {
        const id = schemaIdOf(value);
        const decoder = id === null ? null : (known.get(id) ?? null);
        return decoder === null || value === null ? null : orNull(() => decoder.decode(value));
      };
    },
  };
}

function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof CordonError && error.code === "RECORD_UNDECODABLE") return null;
    throw error;
  }
}
