import { schemaText } from "./schema-text.ts";
import type { Subject } from "./subjects.ts";

/** What a producer's schema says that ours does not, though its records decode. */
export interface WriterCheck {
  /** Fields that can hold a text and that ours lack, such as `parties.alias`: what stands in them is skipped. In the schema's order. */
  readonly unreadTexts: readonly string[];
  /** Fields of both that mean another thing by the same bytes, such as microseconds where ours are milliseconds. */
  readonly otherMeanings: readonly string[];
}

interface Field {
  readonly name: string;
  readonly type: unknown;
}

type Schema = Readonly<Record<string, unknown>>;

/** Named types of one schema, by their names with and without namespace. */
type Names = ReadonlyMap<string, Schema>;

/**
 * Compares the text of a writer's schema with ours of the subject. Avro resolves records by the names of their fields: a field that the
 * reader lacks is skipped without a word, and logical types are not looked at. Throws SyntaxError for what is no JSON.
 */
export function checkWriter(subject: Subject, writerSchema: string): WriterCheck {
  const ours: unknown = JSON.parse(schemaText(subject));
  const theirs: unknown = JSON.parse(writerSchema);
  const unreadTexts = new Set<string>();
  const otherMeanings = new Set<string>();
  const reader: Side = { schema: ours, names: namesIn(ours) };
  const writer: Side = { schema: theirs, names: namesIn(theirs) };
  compare(reader, writer, { path: "", unreadTexts, otherMeanings });
  return { unreadTexts: [...unreadTexts], otherMeanings: [...otherMeanings] };
}

interface Side {
  readonly schema: unknown;
  readonly names: Names;
}

interface Walk {
  readonly path: string;
  readonly unreadTexts: Set<string>;
  readonly otherMeanings: Set<string>;
}

/** Ours have no maps, no aliases and no type that holds itself, which is what ends this. */
function compare(reader: Side, writer: Side, walk: Walk): void {
  for (const theirs of branchesOf(writer)) {
    for (const ours of branchesOf(reader)) {
      const kind = kindOf(theirs);
      if (kind !== kindOf(ours)) continue;
      if (kind === "record") compareRecords({ ...reader, schema: ours }, { ...writer, schema: theirs }, walk);
      else if (kind === "array") compare(within(reader, ours, "items"), within(writer, theirs, "items"), walk);
      else if (meansAnother(ours, theirs)) walk.otherMeanings.add(walk.path);
    }
  }
}

function within(side: Side, schema: unknown, part: string): Side {
  return { ...side, schema: (schema as Schema)[part] };
}

function compareRecords(reader: Side, writer: Side, walk: Walk): void {
  const known = fieldsOf(reader.schema);
  for (const { name, type } of fieldsOf(writer.schema)) {
    const path = walk.path === "" ? name : `${walk.path}.${name}`;
    const same = known.find((field) => field.name === name);
    if (same !== undefined) compare({ ...reader, schema: same.type }, { ...writer, schema: type }, { ...walk, path });
    else if (holdsText({ ...writer, schema: type }, new Set())) walk.unreadTexts.add(path);
  }
}

/** A number's scale or unit; ours say theirs where it matters. A writer that says nothing is taken to mean what we do. */
function meansAnother(ours: unknown, theirs: unknown): boolean {
  const [one, other] = [ours, theirs].map((schema) => (isObject(schema) ? schema : {}));
  const meant = one!["logicalType"];
  const written = other!["logicalType"];
  if (meant === undefined || written === undefined) return false;
  return written !== meant || (one!["scale"] ?? 0) !== (other!["scale"] ?? 0);
}

/** A string anywhere in it, or bytes that are no number; an enum's symbols are the schema's, not the record's. */
function holdsText(side: Side, seen: ReadonlySet<unknown>): boolean {
  return branchesOf(side).some((schema) => {
    const kind = kindOf(schema);
    if (kind === "string") return true;
    if (kind === "bytes" || kind === "fixed") return !(isObject(schema) && schema["logicalType"] !== undefined);
    if (kind === "array") return holdsText(within(side, schema, "items"), seen);
    // The keys of a map are texts.
    if (kind === "map") return true;
    if (seen.has(schema)) return false;
    // What is no record has no fields.
    const inner = new Set([...seen, schema]);
    return fieldsOf(schema).some(({ type }) => holdsText({ ...side, schema: type }, inner));
  });
}

/** The branches of a union, else the type itself; names are followed. */
function branchesOf({ schema, names }: Side): readonly unknown[] {
  const branches: readonly unknown[] = Array.isArray(schema) ? schema : [schema];
  return branches.flatMap((branch) => {
    if (typeof branch === "string") return [names.get(branch) ?? branch];
    // `{ "type": { "type": … } }` and `{ "type": ["null", …] }` wrap a type.
    const inner = isObject(branch) ? branch["type"] : undefined;
    return isObject(inner) || Array.isArray(inner) ? branchesOf({ schema: inner, names }) : [branch];
  });
}

function kindOf(schema: unknown): unknown {
  const kind = isObject(schema) ? schema["type"] : schema;
  return kind === "error" ? "record" : kind;
}

function fieldsOf(schema: unknown): readonly Field[] {
  const fields = isObject(schema) ? schema["fields"] : undefined;
  return Array.isArray(fields) ? (fields as readonly Field[]) : [];
}

function isObject(schema: unknown): schema is Schema {
  return typeof schema === "object" && schema !== null && !Array.isArray(schema);
}

function namesIn(schema: unknown): Names {
  const names = new Map<string, Schema>();
  const visit = (part: unknown, around: string): void => {
    if (Array.isArray(part)) for (const branch of part) visit(branch, around);
    if (!isObject(part)) return;
    const { name, namespace } = part;
    let inner = around;
    if (typeof name === "string") {
      const dot = name.lastIndexOf(".");
      inner = name.includes(".") ? name.slice(0, dot) : typeof namespace === "string" ? namespace : around;
      const simple = name.slice(dot + 1);
      names.set(simple, part).set(`${inner}.${simple}`, part);
    }
    for (const each of ["type", "items", "values"]) visit(part[each], inner);
    for (const { type } of fieldsOf(part)) visit(type, inner);
  };
  visit(schema, "");
  return names;
}
