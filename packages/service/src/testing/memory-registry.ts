import { CordonError } from "@cordon/errors";

import type { SchemaRegistry } from "../registry/port.ts";

export interface MemoryRegistryOptions {
  /** Whether a new schema reads what an earlier one of its subject wrote. Absent: always. */
  readonly isCompatible?: (schema: string, earlier: string) => boolean;
}

/** A schema registry in this process, for tests. */
export interface MemoryRegistry extends SchemaRegistry {
  /** From now on every call rejects with REGISTRY_UNAVAILABLE; `true` heals. */
  setAvailable(available: boolean): void;
  /** Knows a schema by a GUID, too. */
  nameByGuid(guid: string, schema: string): void;
  /** How often an id was looked up. */
  lookups(): number;
}

export function createMemoryRegistry({ isCompatible = () => true }: MemoryRegistryOptions = {}): MemoryRegistry {
  /** The schema with id `n` stands at `n - 1`. */
  const schemas: string[] = [];
  const guids = new Map<string, string>();
  const subjects = new Map<string, string[]>();
  let available = true;
  let lookups = 0;

  const answer = async (): Promise<void> => {
    await Promise.resolve();
    if (!available) throw new CordonError("REGISTRY_UNAVAILABLE", "the schema registry in memory was switched off");
  };
  const idOf = (schema: string): number => {
    const known = schemas.indexOf(schema);
    return known < 0 ? schemas.push(schema) : known + 1;
  };

  return {
    async schemaById(id) {
      lookups += 1;
      await answer();
      return (typeof id === "string" ? guids.get(id) : schemas[id - 1]) ?? null;
    },
    async register(subject, schema) {
      await answer();
      const earlier = subjects.get(subject) ?? [];
      if (!earlier.every((one) => one === schema || isCompatible(schema, one)))
        throw new CordonError("SCHEMA_INCOMPATIBLE", `the schema does not read what ${subject} holds`);
      subjects.set(subject, [...new Set([...earlier, schema])]);
      return idOf(schema);
    },
    setAvailable(value) {
      available = value;
    },
    nameByGuid(guid, schema) {
      guids.set(guid, schema);
    },
    lookups: () => lookups,
  };
}
