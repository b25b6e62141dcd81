import type { SchemaRegistry } from "@cordon/service";
import { describe, expect, test } from "vitest";

export interface RegistryUnderTest {
  readonly registry: SchemaRegistry;
  /** A subject that no other test uses. */
  readonly unique: (name: string) => string;
}

/** A record of one field beside an optional one; `reads` tells versions apart. */
export const recordSchema = (name: string, fields: readonly object[]): string =>
  JSON.stringify({ type: "record", name, namespace: "cordon.test", doc: "a test", fields });

const amount = { name: "amount", type: "string" };

/** What every implementation of the registry port promises. */
export function registryConformance(open: () => RegistryUnderTest): void {
  describe("a schema registry", () => {
    test("gives a registered schema back by its id, with all that it says", async () => {
      const { registry, unique } = open();
      const schema = recordSchema(unique("Kept").replaceAll("-", "_"), [amount]);
      const id = await registry.register(`${unique("kept")}-value`, schema);
      expect(id).toBeGreaterThan(0);
      expect(JSON.parse((await registry.schemaById(id)) ?? "null")).toEqual(JSON.parse(schema));
    });

    test("gives the same schema the same id, again and under other subjects", async () => {
      const { registry, unique } = open();
      const schema = recordSchema(unique("Same").replaceAll("-", "_"), [amount]);
      const subject = `${unique("same")}-value`;
      const id = await registry.register(subject, schema);
      expect(await registry.register(subject, schema)).toBe(id);
      expect(await registry.register(`${unique("other")}-value`, schema)).toBe(id);
    });

    test("takes a compatible second version, which has an id of its own", async () => {
      const { registry, unique } = open();
      const name = unique("Grown").replaceAll("-", "_");
      const subject = `${unique("grown")}-value`;
      const first = await registry.register(subject, recordSchema(name, [amount]));
      const optional = { name: "note", type: ["null", "string"], default: null };
      const second = await registry.register(subject, recordSchema(name, [amount, optional]));
      expect(second).not.toBe(first);
      expect(await registry.schemaById(first)).not.toBe(await registry.schemaById(second));
    });

    test("refuses a version that does not read what an earlier one wrote, even one before the last", async () => {
      const { registry, unique } = open();
      const name = unique("Broken").replaceAll("-", "_");
      const subject = `${unique("broken")}-value`;
      const withDefault = { name: "note", type: "string", default: "" };
      const withoutDefault = { name: "note", type: "string" };
      await registry.register(subject, recordSchema(name, [amount]));
      await registry.register(subject, recordSchema(name, [amount, withDefault]));
      // Reads the last version, but not the first: only a transitive level notices.
      await expect(registry.register(subject, recordSchema(name, [amount, withoutDefault]))).rejects.toMatchObject({
        code: "SCHEMA_INCOMPATIBLE",
      });
    });

    test.each([0x7f_ff_ff_ff, -1, -2_147_483_648, 1.5, Number.NaN])("says null of the unknown id %d", async (id) => {
      const { registry } = open();
      expect(await registry.schemaById(id)).toBeNull();
      expect(await registry.schemaById(id)).toBeNull();
    });
  });
}
