import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { parseAllDocuments } from "yaml";

import { definitionFolders, moduleFolder } from "./operators.ts";

/*
 * `kubernetes-schemas.ts`: writes to .tools/kubernetes-schemas what kubeconform needs to judge the chart: the schemas of
 * Kubernetes, and of the resources of KEDA and the Prometheus operator, out of their Go modules. Needs go; `.ci/run`
 * runs it where there is one. With the schema's references followed and unknown fields refused, as an API server does.
 */
const root = fileURLToPath(new URL("../..", import.meta.url));
const target = join(root, ".tools/kubernetes-schemas");
type Schema = { [key: string]: unknown };

/** As Kubernetes spells them in its own schema, by what an API server takes. */
const loose: Readonly<Record<string, Schema>> = {
  "io.k8s.apimachinery.pkg.api.resource.Quantity": { type: ["string", "number"] },
  "io.k8s.apimachinery.pkg.util.intstr.IntOrString": { type: ["string", "integer"] },
  "io.k8s.apimachinery.pkg.apis.meta.v1.Time": { type: ["string", "null"] },
};

function follow(definitions: Readonly<Record<string, Schema>>, schema: unknown, seen: readonly string[]): unknown {
  if (Array.isArray(schema)) return schema.map((each) => follow(definitions, each, seen));
  if (typeof schema !== "object" || schema === null) return schema;
  const { $ref, ...rest } = schema as Schema;
  if (typeof $ref === "string") {
    const name = $ref.slice("#/definitions/".length);
    if (loose[name] !== undefined) return loose[name];
    // Only the schema of schemas contains itself.
    return seen.includes(name) ? {} : follow(definitions, definitions[name], [...seen, name]);
  }
  const followed = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, follow(definitions, value, seen)]),
  );
  const open = rest["additionalProperties"] !== undefined || rest["x-kubernetes-preserve-unknown-fields"] === true;
  const closed = rest["properties"] !== undefined && !open;
  return closed ? { ...followed, additionalProperties: false } : followed;
}

function write(kind: string, group: string, version: string, schema: unknown): void {
  const first = group.split(".")[0] ?? "";
  const name = [kind.toLowerCase(), ...(first === "" ? [] : [first]), version].join("-");
  writeFileSync(join(target, `${name}.json`), JSON.stringify(schema));
}

function ofKubernetes(): void {
  const file = join(moduleFolder("kubernetes"), "api/openapi-spec/swagger.json");
  const { definitions } = JSON.parse(readFileSync(file, "utf8")) as { readonly definitions: Record<string, Schema> };
  for (const [name, schema] of Object.entries(definitions)) {
    const kinds = schema["x-kubernetes-group-version-kind"] as readonly {
      group: string;
      version: string;
      kind: string;
    }[];
    if (kinds?.length !== 1 || kinds[0] === undefined || name.endsWith("List")) continue;
    const { group, version, kind } = kinds[0];
    write(kind, group, version, follow(definitions, schema, [name]));
  }
}

interface Definition {
  readonly kind?: string;
  readonly spec?: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly schema: { readonly openAPIV3Schema: Schema } }[];
  };
}

function ofOperator(folder: string): void {
  for (const file of globSync(`${folder}/*.yaml`))
    for (const document of parseAllDocuments(readFileSync(file, "utf8"))) {
      const { kind, spec } = document.toJS() as Definition;
      if (kind !== "CustomResourceDefinition" || spec === undefined) continue;
      for (const { name, schema } of spec.versions)
        write(spec.names.kind, spec.group, name, closeAll(schema.openAPIV3Schema));
    }
}

/** A custom resource's schema leaves its metadata to the API server. */
function closeAll(schema: unknown): unknown {
  const closed = follow({}, schema, []) as Schema;
  const properties = { ...(closed["properties"] as Schema), metadata: { type: "object" } };
  return { ...closed, properties };
}

mkdirSync(target, { recursive: true });
ofKubernetes();
const scratch = mkdtempSync(join(tmpdir(), "cordon-definitions-"));
try {
  for (const folder of definitionFolders(scratch)) ofOperator(folder);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
console.log(`${String(globSync(`${target}/*.json`).length)} schemas`);
