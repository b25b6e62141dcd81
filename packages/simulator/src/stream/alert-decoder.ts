import { type Alert, createDecoder, type Decoder, schemaIdOf, subjectOf, topics } from "@cordon/schemas";
import type { SchemaRegistry } from "@cordon/service";

/** Reads whole alerts as any consumer does: by the schema that the registry has for each one's id. */
export function createAlertDecoder(registry: SchemaRegistry): (value: Buffer) => Promise<Alert> {
  const decoders = new Map<number, Decoder<Alert>>();

  async function decoderOf(id: number): Promise<Decoder<Alert>> {
    const known = decoders.get(id);
    if (known !== undefined) return known;
    const schema = await registry.schemaById(id);
    if (schema === null) throw new Error(`the registry has no schema ${String(id)}, which an alert was written with`);
    const decoder = createDecoder(subjectOf(topics.alerts), schema);
    decoders.set(id, decoder);
    return decoder;
  }

  return async (value) => {
    const id = schemaIdOf(value);
    if (id === null) throw new Error("an alert is not in the wire format");
    return (await decoderOf(id)).decode(value);
  };
}
