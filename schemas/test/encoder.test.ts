import { createDecoder, createEncoder, decimalFromString, schemaText } from "@cordon/schemas";
import { expect, test } from "vitest";

import { somePayment } from "./arbitrary-record.ts";
import { thrownBy } from "./thrown-by.ts";

const subject = "payments.v1-value";

test("records already written stay as they are while more are written, small and larger than a chunk", () => {
  const encoder = createEncoder(subject);
  const decoder = createDecoder(subject, schemaText(subject));
  const payments = Array.from({ length: 200 }, (_, i) =>
    somePayment({ eventId: `e-${String(i)}`, remittanceInformation: ["x".repeat(i % 20 === 0 ? 150_000 : i * 7)] }),
  );
  const values = payments.map((payment) => encoder.encode(payment, 1));
  for (const [i, value] of values.entries()) expect({ ...decoder.decode(value) }).toEqual(payments[i]);
});

test("an amount may be any Uint8Array", () => {
  const money = { amount: decimalFromString("1.5"), currency: "EUR" };
  expect(Buffer.isBuffer(money.amount)).toBe(false);
  const value = createEncoder(subject).encode(somePayment({ money }), 1);
  expect({ ...createDecoder(subject, schemaText(subject)).decode(value).money }).toEqual(money);
});

test("a value that is no record is refused by the name of its first wrong field, without its content", () => {
  const wrong = somePayment({ parties: [{ ...somePayment().parties[0], name: ["SECRET"] } as never] });
  const error = thrownBy(() => createEncoder(subject).encode(wrong, 1));
  expect(error).toMatchObject({ code: "CONTRACT_VIOLATED", details: { subject, field: "parties.0.name" } });
  expect(JSON.stringify(error) + String(error)).not.toContain("SECRET");
});

test("a number too long to be written exactly is refused", () => {
  expect(() => createEncoder(subject).encode(somePayment({ createdAt: 2 ** 52 + 1 }), 1)).toThrow(
    expect.objectContaining({ code: "CONTRACT_VIOLATED" }),
  );
});
