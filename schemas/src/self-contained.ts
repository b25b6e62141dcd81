/**
 * A schema with the types that it names and another subject defines, each defined where it is used first, as the registry's
 * `references` have it. Names are resolved as Avro resolves them: a name without a dot is of the namespace around it.
 * `referenced` are the texts of the schemas referred to, and of those that they refer to, in any order. Throws SyntaxError for what is
 * no JSON; what is no schema is left to whoever reads the result.
 */
export function selfContained(schema: string, referenced: readonly string[]): string {
  const definitions = new Map<string, Definition>();
  for (const text of referenced) collect(JSON.parse(text), "", definitions);
  return JSON.stringify(written(JSON.parse(schema), "", { definitions, defined: new Set() }));
}

interface Named {
  readonly name: string;
  readonly namespace?: string;
  readonly fields?: readonly { readonly type: unknown }[];
}

/** A named type and the namespace that its text stands in. */
interface Definition {
  readonly schema: Named;
  readonly namespace: string;
}

function isObject(schema: unknown): schema is Readonly<Record<string, unknown>> {
  return typeof schema === "object" && schema !== null && !Array.isArray(schema);
}

function isNamed(schema: Readonly<Record<string, unknown>>): boolean {
  return typeof schema["name"] === "string" && ["record", "error", "enum", "fixed"].includes(String(schema["type"]));
}

/** The namespace that a named type lies in, and so what it names. */
function namespaceOf({ name, namespace }: Named, around: string): string {
  const dot = name.lastIndexOf(".");
  return dot >= 0 ? name.slice(0, dot) : (namespace ?? around);
}

function fullName(name: string, namespace: string): string {
  return name.includes(".") || namespace === "" ? name : `${namespace}.${name}`;
}

function collect(schema: unknown, namespace: string, definitions: Map<string, Definition>): void {
  if (Array.isArray(schema)) for (const branch of schema) collect(branch, namespace, definitions);
  else if (isObject(schema)) {
    const inner = isNamed(schema) ? namespaceOf(schema as unknown as Named, namespace) : namespace;
    if (isNamed(schema)) {
      const named = schema as unknown as Named;
      definitions.set(fullName(named.name, inner), { schema: named, namespace: inner });
      for (const { type } of named.fields ?? []) collect(type, inner, definitions);
    } else for (const part of ["type", "items", "values"]) collect(schema[part], inner, definitions);
  }
}

interface Writing {
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly defined: Set<string>;
}

function written(schema: unknown, namespace: string, writing: Writing): unknown {
  if (typeof schema === "string") return byName(schema, namespace, writing);
  if (Array.isArray(schema)) return schema.map((branch) => written(branch, namespace, writing));
  if (!isObject(schema)) return schema;
  if (isNamed(schema)) return definition(schema as unknown as Named, namespace, writing);
  const parts = ["type", "items", "values"].filter((part) => part in schema);
  return { ...schema, ...Object.fromEntries(parts.map((part) => [part, written(schema[part], namespace, writing)])) };
}

function byName(name: string, namespace: string, writing: Writing): unknown {
  const full = [fullName(name, namespace), name].find((one) => writing.definitions.has(one));
  if (full === undefined) return name;
  if (writing.defined.has(full)) return full;
  const { schema, namespace: own } = writing.definitions.get(full)!;
  return definition({ ...schema, namespace: own }, own, writing);
}

function definition(schema: Named, around: string, writing: Writing): unknown {
  const namespace = namespaceOf(schema, around);
  const full = fullName(schema.name, namespace);
  if (writing.defined.has(full)) return full;
  writing.defined.add(full);
  if (schema.fields === undefined) return schema;
  const fields = schema.fields.map((field) => ({ ...field, type: written(field.type, namespace, writing) }));
  return { ...schema, fields };
}
