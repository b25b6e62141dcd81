import type { ConsumedRecord, OnBatch } from "@cordon/kafka";
import {
  type Alert,
  createDecoder,
  type Decoder,
  decisionHeaders,
  schemaIdOf,
  subjectOf,
  topics,
} from "@cordon/schemas";
import type { SchemaRegistry } from "@cordon/service";

import type { CanaryLedger, Verdict } from "./ledger.ts";

export interface ResultsOptions {
  /** The topics' full names. */
  readonly decisions: string;
  readonly alerts: string;
  readonly registry: SchemaRegistry;
  readonly ledger: CanaryLedger;
  readonly clock: () => number;
  readonly onVerdict: (verdict: Verdict) => void;
}

/** Reads what became of canaries as any consumer reads decisions and alerts. */
export function readResults({ decisions, alerts, registry, ledger, clock, onVerdict }: ResultsOptions): OnBatch {
  const decoders = new Map<number, Decoder<Alert>>();

  async function alertOf({ value }: ConsumedRecord): Promise<Alert | null> {
    const id = schemaIdOf(value);
    if (id === null || value === null) return null;
    let decoder = decoders.get(id);
    if (decoder === undefined) {
      const schema = await registry.schemaById(id);
      if (schema === null) return null;
      decoder = createDecoder(subjectOf(topics.alerts), schema);
      decoders.set(id, decoder);
    }
    return decoder.decode(value);
  }

  async function verdictOn(topic: string, record: ConsumedRecord): Promise<Verdict | null> {
    const eventId = record.key?.toString("utf8") ?? "";
    if (topic === decisions)
      return ledger.decided(eventId, record.header(decisionHeaders.outcome)?.toString("utf8") ?? "", clock());
    if (topic !== alerts) return null;
    const alert = await alertOf(record);
    const named = alert?.matches.map(({ designationId }) => designationId) ?? [];
    return ledger.alerted(eventId, named, clock());
  }

  return async ({ topic, records }) => {
    for (const record of records) {
      const verdict = await verdictOn(topic, record);
      if (verdict !== null) onVerdict(verdict);
    }
  };
}
