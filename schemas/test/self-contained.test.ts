import avro from "avsc";
import { describe, expect, test } from "vitest";

import { selfContained } from "../src/self-contained.ts";

const money = {
  type: "record",
  name: "Money",
  namespace: "shop.common",
  fields: [
    { name: "amount", type: "long" },
    { name: "unit", type: { type: "enum", name: "Unit", symbols: ["EUR", "GBP"] } },
  ],
};
const order = {
  type: "record",
  name: "Order",
  namespace: "shop.v1",
  fields: [
    { name: "total", type: "shop.common.Money" },
    { name: "fee", type: ["null", "shop.common.Money"], default: null },
    { name: "parts", type: { type: "array", items: "shop.common.Money" } },
  ],
};

function typeOf(schema: object, ...referenced: readonly object[]): avro.Type {
  const text = selfContained(
    JSON.stringify(schema),
    referenced.map((one) => JSON.stringify(one)),
  );
  return avro.Type.forSchema(JSON.parse(text) as Parameters<typeof avro.Type.forSchema>[0]);
}

describe("a schema that names types of other subjects", () => {
  test("writes what the same schema with its types in place writes", () => {
    const value = { total: { amount: 3, unit: "GBP" }, fee: null, parts: [{ amount: 1, unit: "EUR" }] };
    const inPlace = {
      ...order,
      fields: [{ name: "total", type: money }, ...order.fields.slice(1)],
    };
    const expected = avro.Type.forSchema(inPlace as Parameters<typeof avro.Type.forSchema>[0]).toBuffer(value);
    expect(typeOf(order, money).toBuffer(value)).toEqual(expected);
  });

  test("defines each of them once, however often and from wherever it is named", () => {
    const customer = {
      type: "record",
      name: "Customer",
      namespace: "shop.common",
      fields: [{ name: "credit", type: "Money" }],
    };
    const both = { ...order, fields: [...order.fields, { name: "by", type: "shop.common.Customer" }] };
    const text = selfContained(JSON.stringify(both), [JSON.stringify(customer), JSON.stringify(money)]);
    expect(text.match(/"name":"Money"/g)).toHaveLength(1);
    expect(() => typeOf(both, customer, money)).not.toThrow();
  });

  test("may name a type that names itself", () => {
    const tree = {
      type: "record",
      name: "Tree",
      namespace: "shop.common",
      fields: [{ name: "next", type: ["null", "Tree"], default: null }],
    };
    const type = typeOf({ type: "record", name: "Root", fields: [{ name: "tree", type: "shop.common.Tree" }] }, tree);
    expect(type.toBuffer({ tree: { next: { next: null } } })).toEqual(Buffer.from([2, 0]));
  });

  test("stays as it is where nothing is referred to", () => {
    expect(JSON.parse(selfContained(JSON.stringify(money), []))).toEqual(money);
    expect(selfContained('"string"', [])).toBe('"string"');
  });

  test("keeps a name that nobody defines, for whoever reads it to refuse", () => {
    expect(() => typeOf(order)).toThrow("shop.common.Money");
  });
});
