import { defineConfig } from "vitest/config";

import { LongestFirst } from "./tools/test-order.ts";

const exclude = ["**/node_modules/**", "**/dist/**", "**/.tools/**"];

/**
 * What talks to real services or a browser comes after the others, whose load would break its timeouts. It mostly waits, so
 * three files run at a time on the one stack: each uses topics, groups, keys, subjects and databases of its own.
 */
const besideEachOther = {
  maxWorkers: 3,
  sequence: { groupOrder: 1 },
  testTimeout: 120_000,
  hookTimeout: 120_000,
} as const;

export default defineConfig({
  test: {
    // Of two cores vitest would use one.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    reporters: ["default", ["json", { outputFile: ".reports/vitest.json" }]],
    projects: [
      {
        test: {
          name: "unit",
          include: ["**/test/**/*.test.ts"],
          exclude: [...exclude, "**/*.property.test.ts", "**/*.integration.test.ts", "**/*.browser.test.ts"],
          // Some start programs, which takes its time where everything runs on two cores.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: "property",
          include: ["**/test/**/*.property.test.ts"],
          exclude,
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: "integration",
          include: ["**/test/**/*.integration.test.ts"],
          exclude,
          globalSetup: "./tools/stack-setup.ts",
          ...besideEachOther,
        },
      },
      {
        test: {
          // In a real browser; where none is on PATH they say aloud that they skip, and in CI they fail.
          name: "browser",
          include: ["**/test/**/*.browser.test.ts"],
          exclude,
          ...besideEachOther,
        },
      },
    ],
  },
});
