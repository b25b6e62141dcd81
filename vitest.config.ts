import { defineConfig } from "vitest/config";

const exclude = ["**/node_modules/**", "**/dist/**", "**/.tools/**"];

export default defineConfig({
  test: {
    // Of two cores vitest would use one. What talks to real services runs one file at a time all the same.
    maxWorkers: 2,
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
          fileParallelism: false,
          // After the others: what talks to real services has timeouts that a busy machine would break.
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          // In a real browser; where none is on PATH they say aloud that they skip, and in CI they fail.
          name: "browser",
          include: ["**/test/**/*.browser.test.ts"],
          exclude,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
