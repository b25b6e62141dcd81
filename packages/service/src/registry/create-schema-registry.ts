import { CordonError } from "@cordon/errors";
import { selfContained } from "@cordon/schemas";

import { lookUp } from "./look-up.ts";
import { type CompiledRegistryOptions, compileRegistryOptions, type SchemaRegistryOptions } from "./options.ts";
import type { SchemaId, SchemaRegistry } from "./port.ts";
import {
  createRegistryHttp,
  fieldOf,
  type RegistryAccess as Access,
  type RegistryAnswer,
  type RegistryRequest,
  shownAddress,
  unavailable,
} from "./registry-http.ts";
import { createSchemaCache } from "./schema-cache.ts";
import { referencedSchemas } from "./schema-references.ts";

/** Confluent's code for "no schema with that id". A bare 404 may come from a wrong address or a proxy. */
const schemaNotFound = 40_403;

const wantedLevel = "BACKWARD_TRANSITIVE";

/** Levels that refuse all that BACKWARD_TRANSITIVE refuses. */
const sufficientLevels: ReadonlySet<unknown> = new Set([wantedLevel, "FULL_TRANSITIVE"]);

/**
 * A registry that speaks Confluent's HTTP interface, such as Confluent's own or Apicurio under `/apis/ccompat/v7`.
 * Connects at each question that its memory cannot answer. Throws OPTIONS_INVALID.
 */
export function createSchemaRegistry(options: SchemaRegistryOptions): SchemaRegistry {
  const compiled = compileRegistryOptions(options);
  const request = createRegistryHttp(compiled);
  let worked = false;
  const http: typeof request = async (question) => {
    const answer = await request(question);
    worked ||= answer.status === 200;
    return answer;
  };
  const refuse = (answer: RegistryAnswer, doing: string): CordonError =>
    refusal({ url: compiled.url, user: userOf(compiled), worked }, answer, doing);
  const cached = createSchemaCache((id) => fetchSchema({ http, refuse }, id), compiled);
  return {
    async schemaById(id) {
      // The registry need not be asked about what cannot be an id.
      return isSchemaId(id) ? cached(id) : null;
    },
    register: (subject, schema) => (compiled.registers ? register : lookUp)({ http, refuse }, subject, schema),
  };
}

function userOf({ secrets, url }: CompiledRegistryOptions): string {
  const name = secrets().auth?.username ?? decodeURIComponent(url.username);
  return name === "" ? "a client without a user" : `user ${name}`;
}

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function isSchemaId(id: SchemaId): boolean {
  return typeof id === "string" ? guid.test(id) : Number.isInteger(id) && id >= 0 && id <= 0x7f_ff_ff_ff;
}

async function fetchSchema({ http, refuse }: Access, id: SchemaId): Promise<string | null> {
  const answer = await http({ method: "GET", path: ["schemas", typeof id === "string" ? "guids" : "ids", String(id)] });
  if (answer.status === 404 && fieldOf(answer, "error_code") === schemaNotFound) return null;
  // A registry that knows no GUIDs has no schema of one: a batch must not wait for it for ever.
  if (answer.status === 404 && typeof id === "string") return null;
  const schema = fieldOf(answer, "schema");
  const doing = `looking up schema ${String(id)}`;
  if (answer.status !== 200 || typeof schema !== "string") throw refuse(answer, doing);
  const referenced = await referencedSchemas({ http, refuse }, fieldOf(answer, "references"), doing);
  if (referenced === null) return null;
  return referenced.length === 0 ? schema : inlined(schema, referenced);
}

/** Null for what is no JSON: no record can be read with it. */
function inlined(schema: string, referenced: readonly string[]): string | null {
  try {
    return selfContained(schema, referenced);
  } catch {
    return null;
  }
}

/** The level first: a schema must never stand in the subject without it, however briefly. */
async function register(access: Access, subject: string, schema: string): Promise<number> {
  await ensureLevel(access, subject);
  const doing = `registering a schema for ${subject}`;
  const answer = await ask(
    access,
    { method: "POST", path: ["subjects", subject, "versions"], body: { schema } },
    doing,
  );
  const id = fieldOf(answer, "id");
  if (answer.status !== 200 || typeof id !== "number") throw access.refuse(answer, doing);
  return id;
}

async function ensureLevel(access: Access, subject: string): Promise<void> {
  const path = ["config", subject];
  const isSufficient = async (): Promise<boolean> => {
    const current = await ask(access, { method: "GET", path }, `reading the compatibility level of ${subject}`);
    return current.status === 200 && sufficientLevels.has(fieldOf(current, "compatibilityLevel"));
  };
  if (await isSufficient()) return;
  const doing = `setting the compatibility level of ${subject}`;
  const changed = await ask(access, { method: "PUT", path, body: { compatibility: wantedLevel } }, doing);
  if (changed.status === 200) return;
  // Replicas that start together all find no level; Apicurio refuses whoever sets it second.
  if (changed.status === 409 && (await isSufficient())) return;
  throw access.refuse(changed, doing);
}

/** An answer that the registry itself gave and that is no failure of its own. Throws for others. */
async function ask({ http, refuse }: Access, request: RegistryRequest, doing: string): Promise<RegistryAnswer> {
  const answer = await http(request);
  const isOwn = answer.status === 200 || typeof fieldOf(answer, "error_code") === "number";
  if (!isOwn || answer.status === 401 || answer.status === 403 || answer.status >= 500) throw refuse(answer, doing);
  return answer;
}

/** What an answer that is no verdict comes to. `worked`: the registry let this user in before. */
function refusal({ url, user, worked }: Whose, answer: RegistryAnswer, doing: string): CordonError {
  const { status } = answer;
  const message = fieldOf(answer, "message");
  const said = typeof message === "string" ? `: ${message.slice(0, 500)}` : "";
  const details = { registry: shownAddress(url), status };
  const at = `the schema registry at ${shownAddress(url)}`;
  // A status alone may be a proxy's: the registry's own answers carry a code.
  const isOwn = typeof fieldOf(answer, "error_code") === "number";
  if (status === 401 || status === 403)
    return new CordonError(
      worked ? "REGISTRY_REFUSED" : "CONFIG_INVALID",
      status === 401
        ? `${at} does not let ${user} in (status 401) while ${doing}: check SCHEMA_REGISTRY_USERNAME and SCHEMA_REGISTRY_PASSWORD`
        : `${at} forbids ${user} (status 403) ${doing}${said}: allow it, or set SCHEMA_REGISTRY_REGISTER=false where others register the schemas`,
      { details },
    );
  switch (isOwn ? status : 0) {
    case 409:
      return new CordonError("SCHEMA_INCOMPATIBLE", `the registry refuses it while ${doing}${said}`, { details });
    case 422:
      return new CordonError("CONTRACT_VIOLATED", `the registry finds it invalid while ${doing}${said}`, { details });
    default:
      return status >= 500 || status === 429 || status === 408
        ? unavailable(url, `status ${String(status)} while ${doing}${said}`)
        : new CordonError(
            "REGISTRY_MISADDRESSED",
            `what answers at ${shownAddress(url)} is no schema registry (status ${String(status)} while ${doing}${said}): check SCHEMA_REGISTRY_URL, with its path`,
            { details },
          );
  }
}

/** Who asks, and whether the registry let it in before. */
interface Whose {
  readonly url: URL;
  readonly user: string;
  readonly worked: boolean;
}
