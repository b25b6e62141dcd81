import { isDeepStrictEqual } from "node:util";

import { CordonError } from "@cordon/errors";

import { fieldOf, type RegistryAccess, type RegistryAnswer } from "./registry-http.ts";

const subjectNotFound = 40_401;

/**
 * The id of a schema that somebody else registered, by GET alone. Any version of the subject may be it, the newest is looked
 * at first. Rejects with SCHEMA_ABSENT, which names the subject, and as every question does.
 */
export async function lookUp({ http, refuse }: RegistryAccess, subject: string, schema: string): Promise<number> {
  const doing = `looking up the schema of ${subject}`;
  const wanted = shapeOf(JSON.parse(schema));
  const answer = await http({ method: "GET", path: ["subjects", subject, "versions"] });
  if (answer.status === 404 && fieldOf(answer, "error_code") === subjectNotFound) throw absent(subject);
  const versions = numbersIn(answer);
  if (answer.status !== 200 || versions === null) throw refuse(answer, doing);
  for (const version of versions.toReversed()) {
    const one = await http({ method: "GET", path: ["subjects", subject, "versions", String(version)] });
    const [id, text] = [fieldOf(one, "id"), fieldOf(one, "schema")];
    if (one.status === 404) continue;
    if (one.status !== 200 || typeof id !== "number" || typeof text !== "string") throw refuse(one, doing);
    if (isSame(text, wanted)) return id;
  }
  throw absent(subject);
}

function numbersIn({ body }: RegistryAnswer): readonly number[] | null {
  return Array.isArray(body) && body.every((each) => typeof each === "number")
    ? (body as readonly number[]).toSorted((a, b) => a - b)
    : null;
}

function isSame(text: string, wanted: unknown): boolean {
  try {
    return isDeepStrictEqual(shapeOf(JSON.parse(text)), wanted);
  } catch {
    return false;
  }
}

/** A schema without what is only said to people: a registry may leave it out. */
function shapeOf(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(shapeOf);
  if (typeof part !== "object" || part === null) return part;
  return Object.fromEntries(
    Object.entries(part)
      .filter(([name]) => name !== "doc")
      .map(([name, value]) => [name, shapeOf(value)]),
  );
}

function absent(subject: string): CordonError {
  return new CordonError(
    "SCHEMA_ABSENT",
    `subject ${subject} has no version with the schema of this Cordon, and SCHEMA_REGISTRY_REGISTER is false: register it (schemas/avro)`,
    { details: { subject } },
  );
}
