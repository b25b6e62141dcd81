import { decimalFromString, decimalToString } from "@cordon/schemas";
import fc from "fast-check";
import { expect, test } from "vitest";

function digits(most: number): fc.Arbitrary<readonly number[]> {
  return fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: most });
}

test("an amount comes back as the number it was", () => {
  fc.assert(
    fc.property(fc.boolean(), digits(13), digits(5), (negative, whole, fraction) => {
      const text = `${negative ? "-" : ""}${whole.join("")}.${fraction.join("")}`;
      const back = decimalToString(decimalFromString(text));
      expect(Number(back)).toBe(Number(text) + 0);
      expect(decimalToString(decimalFromString(back))).toBe(back);
    }),
  );
});
