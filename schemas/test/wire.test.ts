import { frame, schemaIdOf } from "@cordon/schemas";
import { expect, test } from "vitest";

test("a frame is byte 0, the id as big-endian int32, and the body", () => {
  expect(frame(0x01020304, Buffer.from("ab"))).toEqual(Buffer.from([0, 1, 2, 3, 4, 0x61, 0x62]));
});

test("the id of a frame is the one it was made with", () => {
  for (const id of [1, 255, 65_536, 2 ** 31 - 1]) expect(schemaIdOf(frame(id, Buffer.alloc(0)))).toBe(id);
});

test.each([
  ["no value", null],
  ["an empty value", Buffer.alloc(0)],
  ["a value shorter than the header", Buffer.from([0, 0, 0, 1])],
  ["another first byte", Buffer.from([1, 0, 0, 0, 1, 0])],
  ["JSON", Buffer.from("{}   ")],
  ["a negative id", Buffer.from([0, 0xff, 0xff, 0xff, 0xf0, 1])],
  ["the id zero", Buffer.from([0, 0, 0, 0, 0, 1])],
])("%s has no schema id", (_, value) => {
  expect(schemaIdOf(value)).toBeNull();
});
