import { schemaText, topics } from "@cordon/schemas";

/** Names of members that an event has, wherever they stand in it. */
const members: ReadonlySet<string> = new Set(
  [topics.payments, topics.remittances].flatMap((topic) => fieldNames(JSON.parse(schemaText(`${topic}-value`)))),
);

/**
 * The path of an event in JSON, up to the first name that events do not have: that one is of the sender's making, and no error
 * quotes a message.
 */
export function knownPath(path: string): string {
  const parts = path.split(".");
  const strange = parts.findIndex((part) => !members.has(part.replace(/(?:\[\d+\])+$/, "")));
  return (strange < 0 ? parts : parts.slice(0, strange)).join(".");
}

function fieldNames(schema: unknown): readonly string[] {
  if (typeof schema !== "object" || schema === null) return [];
  if (Array.isArray(schema)) return schema.flatMap(fieldNames);
  const {
    fields = [],
    type,
    items,
  } = schema as {
    readonly fields?: readonly { readonly name: string; readonly type: unknown }[];
    readonly type?: unknown;
    readonly items?: unknown;
  };
  return [
    ...fields.flatMap((field) => [field.name, ...fieldNames(field.type)]),
    ...fieldNames(type),
    ...fieldNames(items),
  ];
}
