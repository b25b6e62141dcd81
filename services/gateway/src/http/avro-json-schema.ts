/** A JSON Schema, as far as it is written here. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

interface AvroField {
  readonly name: string;
  readonly doc?: string;
  readonly type: unknown;
}

interface AvroNamed {
  readonly type: string;
  readonly name?: string;
  readonly doc?: string;
  readonly fields?: readonly AvroField[];
  readonly symbols?: readonly string[];
  readonly items?: unknown;
  readonly logicalType?: string;
}

/**
 * The JSON Schema of a record in plain JSON, made from its Avro schema, so that the two cannot part: unions with null are bare,
 * decimals are texts, other bytes base64. Later versions may add fields.
 */
export function jsonSchemaOf(avro: string, more: Readonly<Record<string, JsonSchema>> = {}): JsonSchema {
  const named = new Map<string, JsonSchema>();
  const root = schemaOf(JSON.parse(avro), named);
  return { ...root, properties: { ...(root["properties"] as object), ...more } };
}

function schemaOf(type: unknown, named: Map<string, JsonSchema>): JsonSchema {
  if (typeof type === "string") return named.get(type.replace(/^.*\./, "")) ?? primitive(type);
  if (Array.isArray(type)) return union(type, named);
  const avro = type as AvroNamed;
  switch (avro.type) {
    case "record": {
      const fields = avro.fields ?? [];
      const schema: JsonSchema = {
        type: "object",
        ...described(avro.doc),
        properties: Object.fromEntries(
          fields.map(({ name, doc, type: of }) => [name, { ...schemaOf(of, named), ...described(doc) }]),
        ),
        required: fields.map(({ name }) => name),
      };
      if (avro.name !== undefined) named.set(avro.name, schema);
      return schema;
    }
    case "enum": {
      const schema: JsonSchema = { type: "string", ...described(avro.doc), enum: avro.symbols ?? [] };
      if (avro.name !== undefined) named.set(avro.name, schema);
      return schema;
    }
    case "array":
      return { type: "array", items: schemaOf(avro.items, named) };
    case "bytes":
      return avro.logicalType === "decimal"
        ? { type: "string", pattern: "^-?[0-9]+(\\.[0-9]+)?$" }
        : { type: "string", contentEncoding: "base64" };
    default:
      return {
        ...primitive(avro.type),
        ...(avro.logicalType === "timestamp-millis" ? { description: "Milliseconds since the epoch." } : {}),
      };
  }
}

function union(types: readonly unknown[], named: Map<string, JsonSchema>): JsonSchema {
  const others = types.filter((type) => type !== "null").map((type) => schemaOf(type, named));
  const [only] = others;
  if (types.length === others.length) return only !== undefined && others.length === 1 ? only : { anyOf: others };
  return { anyOf: [...others, { type: "null" }] };
}

function primitive(type: string): JsonSchema {
  switch (type) {
    case "int":
    case "long":
      return { type: "integer" };
    case "float":
    case "double":
      return { type: "number" };
    case "boolean":
      return { type: "boolean" };
    case "bytes":
      return { type: "string", contentEncoding: "base64" };
    default:
      return { type: "string" };
  }
}

function described(doc: string | undefined): JsonSchema {
  return doc === undefined ? {} : { description: doc };
}
