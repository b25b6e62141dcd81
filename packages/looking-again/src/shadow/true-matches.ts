import { CordonError } from "@cordon/errors";
import type { Reader } from "@cordon/kafka";
import { createDecoder, type Decoder, type Disposition, schemaIdOf, subjectOf, topics } from "@cordon/schemas";
import { type PatienceOptions, retryUntilAvailable, type SchemaRegistry } from "@cordon/service";

/**
 * The events that people judged to be the listed party, as `topic/partition/offset`: the first RELEASE or REJECT on an event counts. Null
 * where there is no desk that writes dispositions.
 */
export async function trueMatchesSince(
  reader: Reader,
  {
    registry,
    patience,
    topic,
  }: { readonly registry: SchemaRegistry; readonly patience: PatienceOptions; readonly topic: string },
): Promise<ReadonlySet<string> | null> {
  const ranges = await reader.extent(topic).catch((error: unknown) => {
    if (error instanceof CordonError && (error.code === "TOPIC_UNSUITABLE" || error.code === "TOPIC_ABSENT"))
      return null;
    throw error;
  });
  if (ranges === null) return null;
  const decoders = new Map<number, Decoder<Disposition> | null>();
  const first = new Map<string, Disposition["decision"]>();
  await reader.read(ranges, async ({ records }) => {
    for (const { value } of records) {
      const id = schemaIdOf(value);
      if (id === null || value === null) continue;
      let decoder = decoders.get(id);
      if (decoder === undefined) {
        const schema = await retryUntilAvailable("the schema registry", () => registry.schemaById(id), patience);
        decoder = schema === null ? null : createDecoder(subjectOf(topics.dispositions), schema);
        decoders.set(id, decoder);
      }
      if (decoder === null) continue;
      const { sourceTopic, sourcePartition, sourceOffset, decision } = decoder.decode(value);
      const place = `${sourceTopic}/${String(sourcePartition)}/${String(sourceOffset)}`;
      if (decision !== "ESCALATE" && !first.has(place)) first.set(place, decision);
    }
  });
  return new Set([...first].filter(([, decision]) => decision === "REJECT").map(([place]) => place));
}
