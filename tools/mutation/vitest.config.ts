import { defineConfig } from "vitest/config";

/** Every test without services, in one project: the mutation run narrows it to the folder of an area. */
export default defineConfig({
  test: {
    include: ["**/test/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**", "**/*.integration.test.ts"],
    testTimeout: 120_000,
  },
});
