import { decimalFromString, decimalToString } from "@cordon/schemas";
import { describe, expect, test } from "vitest";

/** The bytes are what Java's BigInteger.toByteArray and fastavro write for the unscaled number. */
test.each([
  ["0", "00"],
  ["0.00001", "01"],
  ["-0.00001", "ff"],
  ["0.00127", "7f"],
  ["0.00128", "0080"],
  ["-0.00128", "80"],
  ["123.45", "00bc5ea8"],
  ["-123.45", "ff43a158"],
  ["9999999999999.99999", "0de0b6b3a763ffff"],
  ["-9999999999999.99999", "f21f494c589c0001"],
])("%s is %s", (text, hex) => {
  expect(Buffer.from(decimalFromString(text)).toString("hex")).toBe(hex);
  expect(decimalToString(Buffer.from(hex, "hex"))).toBe(text);
});

test("zeros that say nothing are not shown", () => {
  expect(decimalToString(decimalFromString("007.5000"))).toBe("7.5");
});

test("bytes padded in front mean the same", () => {
  expect(decimalToString(Buffer.from("00000000000001", "hex"))).toBe("0.00001");
  expect(decimalToString(Buffer.from("ffffffffffffff", "hex"))).toBe("-0.00001");
});

describe("refused as an amount:", () => {
  test.each(["", "-", ".5", "5.", "1e3", "1,000", "0x10", " 1", "NaN", "12345678901234", "0.000001", "1.0.0", "--1"])(
    "%j",
    (text) => {
      expect(() => decimalFromString(text)).toThrow(expect.objectContaining({ code: "OPTIONS_INVALID" }));
    },
  );

  test.each(["", "0de0b6b3a7640000", "f21f494c589c0000", "00".repeat(17), "7f".repeat(100_000)])(
    "bytes that are none in bounds (%#)",
    (hex) => {
      expect(() => decimalToString(Buffer.from(hex, "hex"))).toThrow(
        expect.objectContaining({ code: "RECORD_UNDECODABLE" }),
      );
    },
  );
});
