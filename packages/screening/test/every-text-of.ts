import { schemaText } from "@cordon/schemas";

type Subject = Parameters<typeof schemaText>[0];

type Schema = string | readonly Schema[] | RecordSchema;

interface RecordSchema {
  readonly type: string;
  readonly name?: string;
  readonly fields?: readonly { readonly name: string; readonly type: Schema }[];
  readonly symbols?: readonly string[];
  readonly items?: Schema;
}

/** Makes a whole record of a subject, as its schema has it. `textAt` gives the text that stands at a path. */
export function wholeRecord(subject: Subject, textAt: (path: string) => string): unknown {
  const schema = JSON.parse(schemaText(subject)) as Schema;
  const named = new Map<string, RecordSchema>();
  return valueOf(schema, "");

  function valueOf(type: Schema, path: string): unknown {
    if (typeof type === "string") return named.has(type) ? valueOf(named.get(type)!, path) : plainValue(type, path);
    if (!("type" in type))
      return valueOf(
        type.find((branch) => branch !== "null")!,
        path,
      );
    if (type.name !== undefined) named.set(type.name, type);
    // A role that is none, the first symbol, needs no name.
    if (type.symbols !== undefined) return type.symbols[0];
    // What could not be converted holds an event, whatever its texts say.
    if (path === "problems") return [];
    if (type.items !== undefined) return [valueOf(type.items, `${path}[0]`)];
    if (type.fields === undefined) return plainValue(type.type, path);
    const at = (name: string): string => (path === "" ? name : `${path}.${name}`);
    return Object.fromEntries(type.fields.map((field) => [field.name, valueOf(field.type, at(field.name))]));
  }

  function plainValue(type: string, path: string): unknown {
    switch (type) {
      case "string":
        return textAt(path);
      case "int":
        return 7;
      case "bytes":
        return new Uint8Array([1]);
      default:
        return 4_000_000_000_000;
    }
  }
}

/** Where texts stand in a record of a subject, such as `parties[0].address.lines[0]`. */
export function textPaths(subject: Subject): readonly string[] {
  const paths: string[] = [];
  wholeRecord(subject, (path) => {
    paths.push(path);
    return "";
  });
  return paths;
}
