import { randomUUID } from "node:crypto";

import { createSchemaRegistry } from "@cordon/service";
import { SchemaRegistry } from "@kafkajs/confluent-schema-registry";
import { describe, expect, inject, test } from "vitest";

import { recordSchema, registryConformance } from "./registry.conformance.ts";

const url = inject("stack").registryUrl;
const unique = (name: string): string => `${name}-${randomUUID().slice(0, 8)}`;

describe("over HTTP", () => {
  registryConformance(() => ({ registry: createSchemaRegistry({ url }), unique }));

  test("a subject has its compatibility level before it has a schema", async () => {
    const subject = `${unique("level")}-value`;
    await createSchemaRegistry({ url: `${url}/` }).register(subject, recordSchema("Level", []));
    const answer = await fetch(`${url}/config/${subject}`);
    expect(await answer.json()).toMatchObject({ compatibilityLevel: "BACKWARD_TRANSITIVE" });
  });

  test("a client of another make encodes and decodes with what was registered", async () => {
    const name = unique("Foreign").replaceAll("-", "_");
    const schema = recordSchema(name, [{ name: "amount", type: "string" }]);
    const id = await createSchemaRegistry({ url }).register(`${unique("foreign")}-value`, schema);
    const foreign = new SchemaRegistry({ host: url });
    const bytes = await foreign.encode(id, { amount: "1.00" });
    expect([bytes[0], bytes.readInt32BE(1)]).toEqual([0, id]);
    expect(await foreign.decode(bytes)).toEqual({ amount: "1.00" });
  });

  test("a schema that names another subject comes with what it names", async () => {
    const money = { type: "record", name: "Money", namespace: "shop", fields: [{ name: "amount", type: "long" }] };
    const order = { type: "record", name: "Order", namespace: "shop", fields: [{ name: "total", type: "shop.Money" }] };
    const subject = unique("money");
    await createSchemaRegistry({ url }).register(subject, JSON.stringify(money));
    const answer = await fetch(`${url}/subjects/${unique("order")}/versions`, {
      method: "POST",
      headers: { "content-type": "application/vnd.schemaregistry.v1+json" },
      body: JSON.stringify({
        schema: JSON.stringify(order),
        references: [{ name: "shop.Money", subject, version: 1 }],
      }),
    });
    const { id } = (await answer.json()) as { id: number };
    const whole = { ...order, fields: [{ name: "total", type: money }] };
    expect(JSON.parse((await createSchemaRegistry({ url }).schemaById(id)) ?? "null")).toEqual(whole);
  });

  test("a GUID that nobody knows is no schema", async () => {
    expect(await createSchemaRegistry({ url }).schemaById(randomUUID())).toBeNull();
  });

  test("what is no schema is refused, and not as an outage", async () => {
    const registry = createSchemaRegistry({ url });
    await expect(registry.register(`${unique("bad")}-value`, '{"type":"nonsense"}')).rejects.toMatchObject({
      code: "CONTRACT_VIOLATED",
    });
  });
});
