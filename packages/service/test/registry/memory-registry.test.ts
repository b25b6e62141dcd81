import { randomUUID } from "node:crypto";

import { createMemoryRegistry } from "@cordon/service/testing";
import { describe, expect, test } from "vitest";

import { registryConformance } from "./registry.conformance.ts";

interface Fields {
  readonly fields: readonly { readonly name: string; readonly default?: unknown }[];
}

/** Enough of Avro's rules for the suite: a new field needs a default. */
function readsOldFields(schema: string, earlier: string): boolean {
  const old = new Set((JSON.parse(earlier) as Fields).fields.map(({ name }) => name));
  return (JSON.parse(schema) as Fields).fields.every((field) => old.has(field.name) || "default" in field);
}

describe("a registry in memory", () => {
  const registry = createMemoryRegistry({ isCompatible: readsOldFields });
  registryConformance(() => ({ registry, unique: (name) => `${name}-${randomUUID()}` }));

  test("can be switched off and counts look-ups", async () => {
    const off = createMemoryRegistry();
    const id = await off.register("s-value", '"string"');
    off.setAvailable(false);
    await expect(off.schemaById(id)).rejects.toMatchObject({ code: "REGISTRY_UNAVAILABLE" });
    await expect(off.register("s-value", '"string"')).rejects.toMatchObject({ code: "REGISTRY_UNAVAILABLE" });
    off.setAvailable(true);
    expect(await off.schemaById(id)).toBe('"string"');
    expect(off.lookups()).toBe(2);
  });
});
