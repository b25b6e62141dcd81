import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

import { expect, test } from "vitest";

import { ANY_ASCII_VERSION, engineVersion } from "../src/engine-version.ts";

function versionIn(path: string): unknown {
  return (JSON.parse(readFileSync(path, "utf8")) as { version: unknown }).version;
}

test("the engine version names the rules and the tables", () => {
  expect(engineVersion).toMatch(/^\d+\.[0-9a-f]{12}$/);
});

test("the romanisation installed is the one the engine version stands for", () => {
  const installed = dirname(createRequire(import.meta.url).resolve("any-ascii"));
  expect(versionIn(join(installed, "package.json"))).toBe(ANY_ASCII_VERSION);
});
