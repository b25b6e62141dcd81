import { createBoundedMap } from "./bounded-map.ts";
import type { SchemaId } from "./port.ts";

export interface SchemaCacheOptions {
  readonly maxSchemas: number;
  readonly unknownTtl: number;
  readonly maxUnknown: number;
  readonly now: () => number;
}

/**
 * Asks `fetch` once for each id: a schema is kept for ever, that there is none for `unknownTtl` milliseconds, both
 * within their bounds. Those who ask while an answer is awaited share it; a failure is remembered by nobody.
 */
export function createSchemaCache(
  fetch: (id: SchemaId) => Promise<string | null>,
  { maxSchemas, unknownTtl, maxUnknown, now }: SchemaCacheOptions,
): (id: SchemaId) => Promise<string | null> {
  const schemas = createBoundedMap<SchemaId, string>(maxSchemas);
  const unknownUntil = createBoundedMap<SchemaId, number>(maxUnknown);
  const asking = new Map<SchemaId, Promise<string | null>>();

  async function ask(id: SchemaId): Promise<string | null> {
    try {
      const schema = await fetch(id);
      if (schema === null) unknownUntil.set(id, now() + unknownTtl);
      else schemas.set(id, schema);
      return schema;
    } finally {
      asking.delete(id);
    }
  }

  return async (id) => {
    const known = schemas.get(id);
    if (known !== undefined) return known;
    const until = unknownUntil.get(id);
    if (until !== undefined && now() < until) return null;
    const asked = asking.get(id) ?? ask(id);
    asking.set(id, asked);
    return asked;
  };
}
