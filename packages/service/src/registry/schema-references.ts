import { fieldOf, type RegistryAccess } from "./registry-http.ts";

/** Schemas that one schema may refer to, directly and through others: far more than anybody has, and a bound all the same. */
const mostReferences = 64;

/** Confluent's codes for "no such subject" and "no such version". */
const notFound: ReadonlySet<unknown> = new Set([40_401, 40_402]);

/**
 * The texts of the schemas that a schema refers to in other subjects, and of those that they refer to, each once. Null when one of
 * them is not there, or they are too many or not what a registry writes: then no record can be read. Throws what `refuse` gives for an
 * answer that is no verdict.
 */
export async function referencedSchemas(
  { http, refuse }: RegistryAccess,
  references: unknown,
  doing: string,
): Promise<readonly string[] | null> {
  const found = new Map<string, string>();
  const open: unknown[] = [references ?? []];
  for (let list = open.pop(); list !== undefined; list = open.pop()) {
    if (!Array.isArray(list)) return null;
    for (const reference of list as readonly unknown[]) {
      const subject = fieldOf({ body: reference }, "subject");
      const version = fieldOf({ body: reference }, "version");
      if (typeof subject !== "string" || typeof version !== "number") return null;
      const key = JSON.stringify([subject, version]);
      if (found.has(key)) continue;
      if (found.size === mostReferences) return null;
      const answer = await http({ method: "GET", path: ["subjects", subject, "versions", String(version)] });
      if (answer.status === 404 && notFound.has(fieldOf(answer, "error_code"))) return null;
      const schema = fieldOf(answer, "schema");
      if (answer.status !== 200 || typeof schema !== "string") throw refuse(answer, doing);
      found.set(key, schema);
      open.push(fieldOf(answer, "references") ?? []);
    }
  }
  return [...found.values()];
}
