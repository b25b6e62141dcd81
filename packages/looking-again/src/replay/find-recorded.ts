import { CordonError } from "@cordon/errors";
import type { ConsumedRecord, Reader } from "@cordon/kafka";
import { type Alert, createDecoder, type Decision, type Decoder, schemaIdOf, subjectOf, topics } from "@cordon/schemas";
import type { TopicNames } from "@cordon/screening";
import { type PatienceOptions, retryUntilAvailable, type SchemaRegistry } from "@cordon/service";

/** Where an event lies. */
export interface EventPlace {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

export interface FindRecordedDeps {
  readonly reader: Reader;
  readonly registry: SchemaRegistry;
  readonly names: TopicNames;
  readonly patience: PatienceOptions;
}

/** A record of its own: those of a batch are views. */
export interface KeptRecord extends ConsumedRecord {
  readonly timestamp: number;
}

/** The event's record; null where Kafka keeps it no more. */
export async function eventRecord(
  reader: Reader,
  { topic, partition, offset }: EventPlace,
): Promise<KeptRecord | null> {
  let found: KeptRecord | null = null;
  const from = BigInt(offset);
  await reader.read([{ topic, partition, from, to: from + 1n }], async ({ records }) => {
    for (const record of records) if (record.offset === from) found = kept(record);
    await Promise.resolve();
  });
  return found;
}

function kept(record: ConsumedRecord): KeptRecord {
  // `header` may be a method of the record's class, which a rest of its fields would lose.
  const { offset, timestamp, key, value } = record;
  const headers = new Map(
    ["traceparent", "cordon-canary", "__value_schema_id"].map((name) => [name, copied(record.header(name))]),
  );
  return {
    offset,
    timestamp,
    key: copied(key) ?? null,
    value: copied(value) ?? null,
    header: (name) => headers.get(name),
  };
}

function copied(bytes: Buffer | null | undefined): Buffer | undefined {
  return bytes === null || bytes === undefined ? undefined : Buffer.from(bytes);
}

/** The last decision on each event of a partition whose offset is asked for. `since`: no decision was stamped before. */
export async function decisionsOn(
  {
    topic,
    partition,
    offsets,
  }: { readonly topic: string; readonly partition: number; readonly offsets: ReadonlySet<number> },
  since: number | undefined,
  deps: FindRecordedDeps,
): Promise<ReadonlyMap<number, Decision>> {
  const found = new Map<number, Decision>();
  const decoders = decodersFor(deps, topics.decisions);
  for (const decisionTopic of [deps.names.decisions, deps.names.canaryDecisions])
    await deps.reader.read(await deps.reader.extent(decisionTopic, since), async ({ records }) => {
      for (const record of records) {
        const decision = await decoders.decode(record);
        if (decision?.sourceTopic !== topic || decision.sourcePartition !== partition) continue;
        if (offsets.has(decision.sourceOffset)) found.set(decision.sourceOffset, decision);
      }
    });
  return found;
}

/** The alerts that have one of these ids, of the stream. */
export async function alertsWith(
  ids: ReadonlySet<string>,
  since: number | undefined,
  deps: FindRecordedDeps,
): Promise<ReadonlyMap<string, Alert>> {
  const found = new Map<string, Alert>();
  if (ids.size === 0) return found;
  const decoders = decodersFor(deps, topics.alerts);
  for (const alertTopic of [deps.names.alerts, deps.names.canaryAlerts])
    await deps.reader.read(await deps.reader.extent(alertTopic, since), async ({ records }) => {
      for (const record of records) {
        if (record.value === null || !ids.has(idOf(record.value))) continue;
        const alert = await decoders.decode(record);
        if (alert === null) continue;
        // A look back at an event that hit meanwhile repeats its alert, without a decision of its own.
        const isRepeat = alert.origin !== "STREAM" && found.get(alert.alertId)?.origin === "STREAM";
        // The latest of repeats is the one whose decision stands.
        if (!isRepeat) found.set(alert.alertId, alert);
      }
    });
  return found;
}

/** The alert id is the first field, a text of 32 characters: told without decoding. */
function idOf(value: Buffer): string {
  return value.toString("latin1", 6, 38);
}

function decodersFor<S extends typeof topics.decisions | typeof topics.alerts>(
  { registry, patience }: FindRecordedDeps,
  topic: S,
) {
  type Value = S extends typeof topics.decisions ? Decision : Alert;
  const known = new Map<number, Decoder<Value> | null>();
  return {
    async decode({ value }: ConsumedRecord): Promise<Value | null> {
      const id = schemaIdOf(value);
      if (id === null || value === null) return null;
      let decoder = known.get(id);
      if (decoder === undefined) {
        const schema = await retryUntilAvailable("the schema registry", () => registry.schemaById(id), patience);
        decoder = schema === null ? null : (createDecoder(subjectOf(topic), schema) as unknown as Decoder<Value>);
        known.set(id, decoder);
      }
      try {
        return decoder?.decode(value) ?? null;
      } catch (error) {
        if (error instanceof CordonError && error.code === "RECORD_UNDECODABLE") return null;
        throw error;
      }
    },
  };
}
