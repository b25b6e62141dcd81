import { CordonError } from "@cordon/errors";
import { createDecoder, type Decoder, type RecordOf, type Subject } from "@cordon/schemas";
import type { SchemaRegistry } from "@cordon/service";

import type { Tx } from "../database/connect.ts";

/** Decoders by the id of the writer's schema. Texts that were seen are kept in the database: alerts outlive a registry. */
export interface KnownSchemas {
  /** Null: there is no such schema, or it is none that ours can read. Rejects while the registry gives no answer. */
  decoder<S extends Subject>(subject: S, schemaId: number): Promise<Decoder<RecordOf[S]> | null>;
}

export interface KnownSchemasDeps {
  readonly registry: Pick<SchemaRegistry, "schemaById">;
  readonly database: Tx;
  /** Longest value that is read. */
  readonly maxBytes: number;
}

export function createKnownSchemas({ registry, database, maxBytes }: KnownSchemasDeps): KnownSchemas {
  const known = new Map<string, Decoder<unknown> | null>();

  async function textOf(schemaId: number): Promise<string | null> {
    const { rows } = await database.query<{ text: string }>("SELECT text FROM schema_text WHERE schema_id = $1", [
      schemaId,
    ]);
    if (rows[0] !== undefined) return rows[0].text;
    const text = await registry.schemaById(schemaId);
    if (text !== null)
      await database.query("INSERT INTO schema_text (schema_id, text) VALUES ($1, $2) ON CONFLICT DO NOTHING", [
        schemaId,
        text,
      ]);
    return text;
  }

  return {
    async decoder<S extends Subject>(subject: S, schemaId: number) {
      const key = `${subject} ${String(schemaId)}`;
      const held = known.get(key);
      if (held !== undefined) return held as Decoder<RecordOf[S]> | null;
      const text = await textOf(schemaId);
      const made = text === null ? null : readable(() => createDecoder(subject, text, { maxBytes }));
      if (known.size > 1000) known.clear();
      known.set(key, made);
      return made;
    },
  };
}

/** Null for what cannot be read as ours. */
export function readable<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof CordonError && error.code === "RECORD_UNDECODABLE") return null;
    throw error;
  }
}
