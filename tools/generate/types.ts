/** Turns Avro schemas into TypeScript types: one file a schema, one more for the types that several of them define. */

interface NamedType {
  readonly type: "record" | "enum";
  readonly name: string;
  readonly doc?: string;
  readonly fields?: readonly Field[];
  readonly symbols?: readonly string[];
  readonly default?: unknown;
}

interface Field {
  readonly name: string;
  readonly doc?: string;
  readonly type: Schema;
  readonly default?: unknown;
}

type Schema =
  | string
  | readonly Schema[]
  | NamedType
  | { readonly type: "array"; readonly items: Schema }
  | { readonly type: string };

const primitives: Readonly<Record<string, string>> = {
  null: "null",
  boolean: "boolean",
  int: "number",
  long: "number",
  double: "number",
  string: "string",
  bytes: "Uint8Array",
};

function isNamed(schema: Schema): schema is NamedType {
  return typeof schema === "object" && "type" in schema && (schema.type === "record" || schema.type === "enum");
}

/** The TypeScript type of a schema, where records and enums stand by name. Throws on what our contracts do not use. */
function reference(schema: Schema): string {
  if (typeof schema === "string") return primitives[schema] ?? unqualified(schema);
  if (Array.isArray(schema)) {
    const [first, second, ...more] = schema as readonly Schema[];
    if (first !== "null" || second === undefined || more.length > 0)
      throw new Error(`a union must be null and one other type: ${JSON.stringify(schema)}`);
    return `${reference(second)} | null`;
  }
  if (isNamed(schema)) return schema.name;
  if ("items" in schema) return `readonly ${bracketed(reference(schema.items))}[]`;
  const primitive = primitives[(schema as { readonly type: string }).type];
  if (primitive === undefined) throw new Error(`no TypeScript type for ${JSON.stringify(schema)}`);
  return primitive;
}

function bracketed(type: string): string {
  return /[ |]/.test(type) ? `(${type})` : type;
}

function unqualified(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

function docstring(doc: string | undefined, where: string): string {
  if (doc === undefined || doc.trim() === "") throw new Error(`${where} has no doc`);
  return `/** ${doc.replaceAll("*/", "* /")} */`;
}

/** The constant that has the symbols of an enum: `railSymbols`. */
function symbolsName(name: string): string {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}Symbols`;
}

function declaration(type: NamedType): string {
  const doc = docstring(type.doc, type.name);
  if (type.type === "enum")
    return `${doc}\nexport type ${type.name} = (typeof ${symbolsName(type.name)})[number];\nexport const ${symbolsName(type.name)} = ${JSON.stringify(type.symbols ?? [])} as const;\n`;
  const fields = (type.fields ?? []).map(
    (field) =>
      `${docstring(field.doc, `${type.name}.${field.name}`)}\nreadonly ${field.name}: ${reference(field.type)};`,
  );
  return `${doc}\nexport interface ${type.name} {\n${fields.join("\n")}\n}\n`;
}

/** What two definitions of one type must also agree in, though it leaves no trace in TypeScript. */
function defaults(type: NamedType): string {
  return JSON.stringify([
    type.default,
    (type.fields ?? []).map((field) => ("default" in field ? [field.default] : [])),
  ]);
}

/** Every record and enum defined in a schema, those inside it first. */
function definitions(schema: Schema): readonly NamedType[] {
  if (typeof schema === "string") return [];
  if (Array.isArray(schema)) return (schema as readonly Schema[]).flatMap(definitions);
  if (isNamed(schema)) return [...(schema.fields ?? []).flatMap((field) => definitions(field.type)), schema];
  return "items" in schema ? definitions(schema.items) : [];
}

/** The names of types a declaration uses, apart from itself. */
function uses(type: NamedType): readonly string[] {
  const names = (schema: Schema): readonly string[] => {
    if (typeof schema === "string") return schema in primitives ? [] : [unqualified(schema)];
    if (Array.isArray(schema)) return (schema as readonly Schema[]).flatMap(names);
    if (isNamed(schema)) return [schema.name];
    return "items" in schema ? names(schema.items) : [];
  };
  return (type.fields ?? []).flatMap((field) => names(field.type));
}

function kebab(name: string): string {
  return name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, "-").toLowerCase();
}

function file(types: readonly NamedType[], sharedNames: ReadonlySet<string>): string {
  const own = new Set(types.map((type) => type.name));
  const imported = [...new Set(types.flatMap(uses))]
    .filter((name) => !own.has(name))
    .toSorted((a, b) => (a < b ? -1 : 1));
  for (const name of imported) if (!sharedNames.has(name)) throw new Error(`${name} is used but never defined`);
  const imports = imported.length > 0 ? [`import type { ${imported.join(", ")} } from "./shared.ts";\n`] : [];
  return [header, ...imports, ...types.map(declaration)].join("\n");
}

const header = "// Made by `npm run generate` from schemas/avro. Do not edit.\n";

/**
 * Source texts by file name, unformatted, for schemas by subject. A type that two subjects define must be the same in
 * both, apart from where the types inside it are spelled out; it goes into `shared.ts`. Throws when it is not, when
 * something has no doc, and on schemas our contracts do not use.
 */
export function generateTypes(schemas: ReadonlyMap<string, unknown>): ReadonlyMap<string, string> {
  const declared = new Map<string, { readonly type: NamedType; readonly text: string; readonly subjects: string[] }>();
  for (const [subject, schema] of schemas)
    for (const type of definitions(schema as Schema)) {
      const text = declaration(type) + defaults(type);
      const known = declared.get(type.name);
      if (known === undefined) declared.set(type.name, { type, text, subjects: [subject] });
      else if (known.text !== text) throw new Error(`${type.name} differs between ${known.subjects[0]} and ${subject}`);
      else known.subjects.push(subject);
    }

  const shared = [...declared.values()].filter((entry) => entry.subjects.length > 1).map((entry) => entry.type);
  const sharedNames = new Set(shared.map((type) => type.name));
  const files = new Map<string, string>([["shared.ts", file(shared, sharedNames)]]);
  const records: { readonly subject: string; readonly name: string }[] = [];
  for (const [subject, schema] of schemas) {
    const top = schema as NamedType;
    records.push({ subject, name: top.name });
    const own = definitions(top).filter((type) => !sharedNames.has(type.name));
    files.set(`${kebab(top.name)}.ts`, file(own, sharedNames));
  }
  files.set("record-of.ts", recordOf(records));
  return files;
}

function recordOf(records: readonly { readonly subject: string; readonly name: string }[]): string {
  return [
    header,
    ...records.map(({ name }) => `import type { ${name} } from "./${kebab(name)}.ts";`),
    "",
    "/** The record that each subject holds. */",
    "export interface RecordOf {",
    ...records.map(({ subject, name }) => `readonly ${JSON.stringify(subject)}: ${name};`),
    "}",
    "",
  ].join("\n");
}
