import { CordonError } from "@cordon/errors";
import type { ConsumedRecord } from "@cordon/kafka";
import { type Alert, createDecoder, type Decision, type Decoder, schemaIdOf, subjectOf, topics } from "@cordon/schemas";
import type { TopicNames } from "@cordon/screening";
import { type PatienceOptions, retryUntilAvailable, type SchemaRegistry } from "@cordon/service";

import { factsOfPayment, factsOfRemittance, type PaymentFacts } from "./payment-facts.ts";

/** Reads what the watch needs, written with whatever version of its schema. Null: it is nothing that can be read. */
export interface Decoders {
  alert(record: ConsumedRecord): Promise<Alert | null>;
  decision(record: ConsumedRecord): Promise<Decision | null>;
  /** Null for what is no event that can be read: it is held for that. */
  facts(value: Buffer | null, of: { readonly topic: string; readonly names: TopicNames }): Promise<PaymentFacts | null>;
}

export function decodersOf(registry: SchemaRegistry, patience: PatienceOptions): Decoders {
  const known = new Map<string, Decoder<unknown> | null>();

  async function decode(subject: Parameters<typeof createDecoder>[0], value: Buffer | null): Promise<unknown> {
    const id = schemaIdOf(value);
    if (id === null || value === null) return null;
    const key = `${subject} ${String(id)}`;
    let decoder = known.get(key);
    if (decoder === undefined) {
      const schema = await retryUntilAvailable("the schema registry", () => registry.schemaById(id), patience);
      decoder = schema === null ? null : orNull(() => createDecoder(subject, schema) as Decoder<unknown>);
      // Ids come from records: somebody may write any.
      if (known.size >= mostDecoders) known.clear();
      known.set(key, decoder);
    }
    const reads = decoder;
    return reads === null ? null : orNull(() => reads.decode(value));
  }

  return {
    alert: async ({ value }) => (await decode(subjectOf(topics.alerts), value)) as Alert | null,
    decision: async ({ value }) => (await decode(subjectOf(topics.decisions), value)) as Decision | null,
    async facts(value, { topic, names }) {
      const isPayment = topic === names.payments;
      const event = await decode(subjectOf(isPayment ? topics.payments : topics.remittances), value);
      if (event === null) return null;
      return isPayment
        ? factsOfPayment(event as Parameters<typeof factsOfPayment>[0])
        : factsOfRemittance(event as Parameters<typeof factsOfRemittance>[0]);
    },
  };
}

const mostDecoders = 1000;

function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof CordonError && error.code === "RECORD_UNDECODABLE") return null;
    throw error;
  }
}
