import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/*
 * The test files of one area, which `CORDON_MUTATION_TESTS` names as a JSON array. Everything that is read stands in the copy that Stryker
 * changes: by their names in node_modules, one workspace would find another in the checkout.
 */

const root = fileURLToPath(new URL("../..", import.meta.url));
const fewerRuns = fileURLToPath(new URL("fast-check.ts", import.meta.url));

const folders = ["schemas", "deploy/local", "load-tests", ...below("packages"), ...below("services")];

function below(folder: string): readonly string[] {
  return readdirSync(`${root}${folder}`).map((name) => `${folder}/${name}`);
}

const entries = new Map(
  folders.map((folder) => {
    const { name } = JSON.parse(readFileSync(`${root}${folder}/package.json`, "utf8")) as { readonly name: string };
    return [name, `${root}${folder}/src/index.ts`];
  }),
);

function isProperty({ moduleId }: TestSpecification): boolean {
  return moduleId.endsWith(".property.test.ts");
}

/** Properties last: most changes are noticed before a property takes its time. */
class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return [...files.filter((file) => !isProperty(file)), ...files.filter(isProperty)];
  }
}

export default defineConfig({
  plugins: [
    {
      name: "changed-copy",
      enforce: "pre",
      resolveId: (source, importer) =>
        source === "fast-check" && importer !== fewerRuns ? fewerRuns : entries.get(source),
    },
  ],
  test: {
    include: JSON.parse(process.env["CORDON_MUTATION_TESTS"] ?? '["**/test/**/*.test.ts"]') as string[],
    exclude: ["**/node_modules/**", "**/dist/**", "**/*.integration.test.ts"],
    testTimeout: 120_000,
    sequence: { sequencer: QuickFirst },
  },
});
