/** How records name the schema they were written with: a positive int32, or a GUID in small letters. */
export type SchemaId = number | string;

/** The port to a Confluent-compatible schema registry. */
export interface SchemaRegistry {
  /**
   * The schema with that id or GUID, as its JSON text, or `null` when the registry says that there is none. What it refers to in
   * other subjects is written out in it. A `null` is remembered for a while, a schema for ever; both within a bound.
   * Rejects with REGISTRY_UNAVAILABLE when the registry gave no answer: the record may be perfectly good.
   */
  schemaById(id: SchemaId): Promise<string | null>;
  /**
   * Registers a schema under a subject with BACKWARD_TRANSITIVE compatibility and answers its id. The same schema
   * again gives the same id. Rejects with SCHEMA_INCOMPATIBLE or REGISTRY_UNAVAILABLE.
   */
  register(subject: string, schema: string): Promise<number>;
}
