import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Without results of an earlier run vitest begins with the largest files, and among the smallest are some that take longest. */
const longest = [
  "services/screener/test/secured.integration.test.ts",
  "services/desk/web/test/browser/look.browser.test.ts",
  "packages/kafka/test/kafkajs-client.integration.test.ts",
  "services/screener/test/looking-again.integration.test.ts",
  "packages/kafka/test/platformatic-client.integration.test.ts",
  "deploy/test/upgrade.integration.test.ts",
  "tools/test/grafana/dashboard.integration.test.ts",
  "services/desk/web/test/browser/flows.browser.test.ts",
  "tools/test/start/main.integration.test.ts",
  "services/screener/test/pipeline.integration.test.ts",
  "services/desk/test/browser/walk.integration.test.ts",
  "services/gateway/test/gateway.integration.test.ts",
  "services/list-sync/test/process.integration.test.ts",
  "services/screener/test/rescreen.integration.test.ts",
  "services/desk/test/model.integration.test.ts",
  "services/screener/test/canaries.integration.test.ts",
];

/** Small where a file comes early. */
function place({ moduleId }: TestSpecification): number {
  const found = longest.findIndex((file) => moduleId.endsWith(`/${file}`));
  return found === -1 ? longest.length : found;
}

/** Those that take longest begin first, so that none of them is alone at the end. The others come as vitest has them. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- no array is sorted: it is the method of vitest that this class extends, and it resolves to a new order
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => place(a) - place(b));
  }
}
