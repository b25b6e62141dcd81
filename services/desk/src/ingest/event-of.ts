import { frame, subjectOf, topics, decimalToString } from "@cordon/schemas";

import { type KnownSchemas, readable } from "./schemas-known.ts";

/** An event as people read it: the fields of its schema, amounts as decimal texts. */
export type PlainEvent = Readonly<Record<string, unknown>>;

/** The event that an Avro body holds. Null for what cannot be read. */
export async function eventOf(
  schemas: KnownSchemas,
  { topic, body, schemaId }: { readonly topic: string; readonly body: Uint8Array; readonly schemaId: number },
): Promise<PlainEvent | null> {
  const of = topic.endsWith(topics.remittances) ? topics.remittances : topics.payments;
  const decoder = await schemas.decoder(subjectOf(of), schemaId);
  if (decoder === null) return null;
  const value = readable(() => decoder.decode(frame(schemaId, body)));
  return value === null ? null : (plain(value) as PlainEvent);
}

/** Bytes in events are amounts. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return amountText(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part)]));
}

/** Null where it is none that can be read. */
export function amountText(bytes: Uint8Array): string | null {
  return readable(() => decimalToString(bytes));
}

/** The name of the party that a field belongs to, by the field's path. */
export function partyNameAt(event: PlainEvent, path: string): string | null {
  const [, field = "", index] = /^(parties|sender|beneficiary)(?:\[(\d+)\])?/.exec(path) ?? [];
  const found = event[field];
  const party: unknown = Array.isArray(found) ? found[Number(index)] : found;
  if (typeof party !== "object" || party === null || !("name" in party)) return null;
  return typeof party.name === "string" && party.name !== "" ? party.name : null;
}
