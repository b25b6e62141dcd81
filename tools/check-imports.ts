import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Which workspaces of ours a workspace may import, besides itself. What is not here is forbidden. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  "@cordon/errors": [],
  "@cordon/signing": ["@cordon/errors"],
  "@cordon/schemas": ["@cordon/errors"],
  "@cordon/matching": ["@cordon/errors"],
  "@cordon/lists": ["@cordon/errors", "@cordon/matching"],
  "@cordon/decisions": ["@cordon/errors", "@cordon/matching", "@cordon/schemas"],
  "@cordon/messages": ["@cordon/errors", "@cordon/schemas"],
  "@cordon/service": ["@cordon/errors", "@cordon/schemas"],
  "@cordon/kafka": ["@cordon/errors", "@cordon/service"],
  "@cordon/index-store": ["@cordon/errors", "@cordon/service", "@cordon/signing"],
  "@cordon/screening": [
    "@cordon/errors",
    "@cordon/decisions",
    "@cordon/index-store",
    "@cordon/kafka",
    "@cordon/matching",
    "@cordon/schemas",
    "@cordon/service",
  ],
  "@cordon/simulator": ["@cordon/kafka", "@cordon/matching", "@cordon/schemas", "@cordon/service"],
  "@cordon/processor": ["@cordon/simulator"],
  "@cordon/looking-again": [
    "@cordon/errors",
    "@cordon/decisions",
    "@cordon/index-store",
    "@cordon/kafka",
    "@cordon/lists",
    "@cordon/matching",
    "@cordon/schemas",
    "@cordon/screening",
    "@cordon/service",
  ],
  "@cordon/cli": [
    "@cordon/audit-chain",
    "@cordon/errors",
    "@cordon/decisions",
    "@cordon/index-store",
    "@cordon/kafka",
    "@cordon/list-sync",
    "@cordon/lists",
    "@cordon/looking-again",
    "@cordon/matching",
    "@cordon/messages",
    "@cordon/schemas",
    "@cordon/screening",
    "@cordon/service",
  ],
  "@cordon/list-sync-service": [
    "@cordon/errors",
    "@cordon/index-store",
    "@cordon/kafka",
    "@cordon/list-sync",
    "@cordon/lists",
    "@cordon/service",
  ],
  "@cordon/list-sync": [
    "@cordon/errors",
    "@cordon/index-store",
    "@cordon/kafka",
    "@cordon/lists",
    "@cordon/matching",
    "@cordon/schemas",
    "@cordon/service",
  ],
  "@cordon/screener": [
    "@cordon/errors",
    "@cordon/decisions",
    "@cordon/index-store",
    "@cordon/kafka",
    "@cordon/matching",
    "@cordon/schemas",
    "@cordon/screening",
    "@cordon/service",
    "@cordon/signing",
  ],
  "@cordon/second-look": [
    "@cordon/errors",
    "@cordon/decisions",
    "@cordon/index-store",
    "@cordon/kafka",
    "@cordon/looking-again",
    "@cordon/matching",
    "@cordon/screening",
    "@cordon/service",
  ],
  "@cordon/canary": [
    "@cordon/errors",
    "@cordon/index-store",
    "@cordon/kafka",
    "@cordon/matching",
    "@cordon/schemas",
    "@cordon/service",
    "@cordon/simulator",
  ],
  "@cordon/audit-chain": [],
  "@cordon/desk-web": [],
  "@cordon/gateway": [
    "@cordon/errors",
    "@cordon/index-store",
    "@cordon/kafka",
    "@cordon/messages",
    "@cordon/schemas",
    "@cordon/screening",
    "@cordon/service",
  ],
  "@cordon/desk": [
    "@cordon/audit-chain",
    "@cordon/desk-web",
    "@cordon/errors",
    "@cordon/index-store",
    "@cordon/kafka",
    "@cordon/matching",
    "@cordon/schemas",
    "@cordon/screening",
    "@cordon/service",
    "@cordon/signing",
  ],
  "@cordon/local-stack": [],
  "@cordon/load-tests": [
    "@cordon/decisions",
    "@cordon/index-store",
    "@cordon/kafka",
    "@cordon/lists",
    "@cordon/local-stack",
    "@cordon/looking-again",
    "@cordon/matching",
    "@cordon/schemas",
    "@cordon/screening",
    "@cordon/service",
    "@cordon/simulator",
  ],
};

/** Packages that decide whether money moves: no I/O, no clock, no environment. */
const pure = new Set(["@cordon/errors", "@cordon/matching", "@cordon/lists", "@cordon/decisions", "@cordon/messages"]);

/** Clients of outside systems and who alone may use them. Tests may, to look from outside. */
const clients: Readonly<Record<string, readonly string[]>> = {
  // The benchmark compares with a consumer that has nothing of ours; the processor sends as our users do.
  kafkajs: ["@cordon/kafka", "@cordon/local-stack", "@cordon/load-tests", "@cordon/processor"],
  "@platformatic/wasm-utils": ["@cordon/kafka"],
  "@platformatic/kafka": ["@cordon/kafka", "@cordon/load-tests", "@cordon/local-stack"],
  "@kafkajs/confluent-schema-registry": ["@cordon/processor", "@cordon/service"],
  ioredis: ["@cordon/index-store", "@cordon/local-stack"],
  "prom-client": ["@cordon/service"],
  pino: ["@cordon/service"],
  aws4fetch: ["@cordon/index-store"],
  testcontainers: ["@cordon/local-stack"],
  pg: ["@cordon/cli", "@cordon/desk", "@cordon/load-tests", "@cordon/local-stack"],
  kysely: ["@cordon/desk"],
  "openid-client": ["@cordon/desk"],
};

interface Manifest {
  readonly name: string;
  /** Its doors: what others may import of it. A service that ends with its process has none. */
  readonly exports?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

function read<T>(path: string): T {
  return JSON.parse(readFileSync(join(root, path), "utf8")) as T;
}

const problems: string[] = [];
const workspaces = read<{ workspaces: readonly string[] }>("package.json").workspaces;
const manifests = workspaces.flatMap((pattern) => globSync(`${pattern}/package.json`, { cwd: root }));
if (manifests.length < Object.keys(mayImport).length)
  problems.push(`only ${String(manifests.length)} workspaces found: the check would miss some`);

/** `@cordon/matching`, `@cordon/matching/listed`, … */
const doors = new Set(
  manifests.flatMap((path) => {
    const { name, exports = {} } = read<Manifest>(path);
    return Object.keys(exports).map((door) => `${name}${door.slice(1)}`);
  }),
);

for (const manifestPath of manifests) {
  const folder = dirname(manifestPath);
  const manifest = read<Manifest>(manifestPath);
  const declared = Object.keys(manifest.dependencies ?? {});
  const allowed = mayImport[manifest.name];
  if (allowed === undefined) {
    problems.push(`${manifestPath}: ${manifest.name} is not in the table of tools/check-imports.ts`);
    continue;
  }

  const references = read<{ references: readonly { path: string }[] }>(join(folder, "tsconfig.json")).references.map(
    (reference) => read<Manifest>(join(folder, reference.path, "package.json")).name,
  );
  for (const name of declared.filter((dependency) => dependency.startsWith("@cordon/")))
    if (!references.includes(name)) problems.push(`${folder}/tsconfig.json: no reference to ${name}`);

  for (const file of globSync(`${folder}/{src,test}/**/*.{ts,tsx}`, { cwd: root })) {
    // Doubles ship with their package under `./testing`; only tests, and what measures and breaks, may use them.
    const isDouble = file.startsWith(`${folder}/src/testing`);
    const inSource = file.startsWith(`${folder}/src/`) && !isDouble;
    const source = readFileSync(join(root, file), "utf8");
    for (const [, specifier = ""] of source.matchAll(/(?:\bfrom\s+|\bimport\s*\(?\s*)"([^"\n]+)"/g)) {
      const at = `${file}: ${specifier}`;
      if (specifier.startsWith(".")) {
        if (relative(folder, join(dirname(file), specifier)).startsWith(".."))
          problems.push(`${at}: leaves its package`);
        continue;
      }
      if (specifier.startsWith("node:")) {
        if (inSource && pure.has(manifest.name)) problems.push(`${at}: a pure package does no I/O`);
        continue;
      }
      const name = specifier
        .split("/")
        .slice(0, specifier.startsWith("@") ? 2 : 1)
        .join("/");
      if (name.startsWith("@cordon/")) {
        const wantsDouble = specifier === `${name}/testing`;
        if (!doors.has(specifier)) problems.push(`${at}: deep import`);
        if (wantsDouble && inSource && manifest.name !== "@cordon/load-tests")
          problems.push(`${at}: a double in what ships`);
        // A test may look at the whole system; what ships may not.
        if (inSource && name !== manifest.name && !allowed.includes(name)) problems.push(`${at}: wrong direction`);
      }
      if (inSource && name !== manifest.name && !declared.includes(name)) problems.push(`${at}: not declared`);
      if (inSource && clients[name] !== undefined && !clients[name].includes(manifest.name))
        problems.push(`${at}: only ${clients[name].join(", ")} may use it`);
    }
  }
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
