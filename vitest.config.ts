import { defineConfig } from "vitest/config";

const exclude = ["**/node_modules/**", "**/dist/**", "**/.tools/**"];

export default defineConfig({
  test: {
    reporters: ["default", ["json", { outputFile: ".reports/vitest.json" }]],
    projects: [
      {
        test: {
          name: "unit",
          include: ["**/test/**/*.test.ts"],
          exclude: [...exclude, "**/*.property.test.ts", "**/*.integration.test.ts"],
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
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
