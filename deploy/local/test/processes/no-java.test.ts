import { expect, test } from "vitest";

import { startKafka } from "../../src/processes/kafka.ts";
import { startRegistry } from "../../src/processes/registry.ts";
import type { Starting } from "../../src/service.ts";

const starting: Starting = {
  env: {},
  report: () => {},
  signal: new AbortController().signal,
  newFolder: () => {
    throw new Error("nothing is started");
  },
};
const eleven = { version: 11, home: "/jdk-11", command: "/jdk-11/bin/java" };

test.each([
  ["kafka", startKafka],
  ["registry", startRegistry],
] as const)("without a Java that runs it, %s says which it needs and how to install one", async (name, start) => {
  const needs = new RegExp(`^${name}: .* needs Java 17 or newer, and there is none\\.\nInstall it: \\S+`);
  await expect(start(starting, () => Promise.resolve(undefined))).rejects.toThrow(needs);
  await expect(start(starting, () => Promise.resolve(eleven))).rejects.toThrow("and the newest here is 11.");
});
