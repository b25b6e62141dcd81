import { defineConfig } from "vitest/config";

const exclude = ["**/node_modules/**", "**/dist/**", "**/.tools/**"];

/** One file at a time, after the others: what talks to real services or a browser has timeouts that a busy machine would break. */
const alone = { fileParallelism: false, testTimeout: 120_000, hookTimeout: 120_000 } as const;

export default defineConfig({
  test: {
    // Of two cores vitest would use one.
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
          sequence: { groupOrder: 1 },
          ...alone,
        },
      },
      {
        test: {
          // In a real browser; where none is on PATH they say aloud that they skip, and in CI they fail.
          name: "browser",
          include: ["**/test/**/*.browser.test.ts"],
          exclude,
          sequence: { groupOrder: 2 },
          ...alone,
        },
      },
    ],
  },
});
