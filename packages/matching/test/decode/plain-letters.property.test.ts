import fc from "fast-check";
import { expect, test } from "vitest";

import { byAlternatives, byRivals, settle } from "../../src/decode/decoders.ts";
import { isUnreadable } from "../../src/decode/lost-characters.ts";
import { signs, signsIn } from "../../src/decode/quick-look.ts";

const letters = Array.from({ length: 0x250 - 0xc0 }, (_, at) => String.fromCharCode(0xc0 + at));
const vietnamese = Array.from({ length: 0x1f00 - 0x1ea0 }, (_, at) => String.fromCharCode(0x1ea0 + at));
const marked = fc.constantFrom(...letters, ...letters, ...vietnamese);
const ascii = fc.constantFrom(...Array.from("aeioubcdlmnrstzAEMSZ"));
const small = fc.constantFrom(...Array.from("aeioubcdlmnrstz"));
const word = fc
  .tuple(
    fc.array(fc.oneof({ weight: 4, arbitrary: small }, { weight: 1, arbitrary: marked }), { maxLength: 9 }),
    fc.boolean(),
  )
  .map(([units, capital]) =>
    capital ? units.join("").replace(/^./u, (first) => first.toUpperCase()) : units.join(""),
  );
const mixed = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: ascii },
      { weight: 2, arbitrary: marked },
      { weight: 1, arbitrary: fc.constantFrom(...Array.from(" -'.,&5¡ ­")) },
    ),
    {
      maxLength: 14,
    },
  )
  .map((units) => units.join(""));
const text = fc.oneof(
  fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(" ")),
  fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(" ").toUpperCase()),
  mixed,
);

const everySign = Object.values(signs).reduce<number>((all, sign) => all | sign, 0);

test("a text that the quick look calls plain has no other reading by any decoder", () => {
  let tried = 0;
  let plain = 0;
  fc.assert(
    fc.property(text, (received) => {
      tried++;
      if (/^[\0-\x7f]*$/.test(received) || (signsIn(received) & signs.beyondAscii) !== 0) return;
      plain++;
      const source = { text: received };
      const beyond = everySign & signs.beyondAscii;
      expect(settle(source, beyond).settled.text).toBe(received);
      expect(byAlternatives(source, beyond, false)).toEqual({ readings: [], repairs: [], unreadable: false });
      expect(byRivals(source, beyond)).toEqual([]);
      expect(isUnreadable(received)).toBe(false);
    }),
    { numRuns: 20_000 },
  );
  expect(plain / tried).toBeGreaterThan(1000 / 20_000);
});

test("each plain letter by itself, in front, within and behind, small and capital", () => {
  const plain = [...letters, ...vietnamese].filter((letter) =>
    [`a${letter}b`, `${letter}b`, `ab${letter}`, `AB${letter}C`].some((one) => signsIn(one) === 0),
  );
  expect(plain.length).toBeGreaterThan(150);
  const received = plain
    .flatMap((letter) => [
      `ma${letter}n`,
      `${letter}man`,
      `man${letter}`,
      `MA${letter}N`,
      `a${letter}e b${letter}r z${letter}`,
    ])
    .filter((one) => signsIn(one) === 0);
  const otherwise = received.filter((one) => {
    const { readings, repairs, unreadable } = byAlternatives({ text: one }, signs.beyondAscii, false);
    return readings.length > 0 || repairs.length > 0 || unreadable;
  });
  expect(otherwise).toEqual([]);
});
