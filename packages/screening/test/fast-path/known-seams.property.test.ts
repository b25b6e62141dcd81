import { compilePolicy } from "@cordon/decisions";
import type { IndexManifest } from "@cordon/index-store";
import { compileSnapshot, type Designation, openSnapshot } from "@cordon/matching";
import { createEncoder, schemaText, subjectOf, topics } from "@cordon/schemas";
import { fastPathOf, generationOf, payments, screenRecord } from "@cordon/screening";
import fc from "fast-check";
import { expect, test } from "vitest";

import { listed } from "../../src/testing/fake-index.ts";
import { payment } from "../../src/testing/sample-events.ts";

const designations: readonly Designation[] = [
  {
    ...listed("A1", "Goran Jalal Rasulov"),
    identifiers: [
      { kind: "IBAN", value: "GB82WEST12345698765432", note: null },
      { kind: "EMAIL", value: "info@lantern.example", note: null },
      { kind: "PHONE", value: "+44 20 7946 0958", note: null },
    ],
  },
  { ...listed("A2", "Zhou Enlai") },
  { ...listed("A5", "Deng Xiaoping") },
  { ...listed("A3", "Unit 4711A"), type: "ORGANISATION" },
  { ...listed("A4", "Ariadne"), type: "VESSEL", identifiers: [{ kind: "IMO", value: "9278064", note: null }] },
];
const manifest = { version: "v1", generation: 1, lists: [] } as unknown as IndexManifest;
const screening = {
  generation: generationOf(manifest, openSnapshot(compileSnapshot(designations))),
  policy: compilePolicy(),
  indexAge: 0,
};
const encoder = createEncoder(subjectOf(topics.payments));
const reader = payments.readerFor(schemaText(subjectOf(topics.payments)), new Set());

const innocent =
  "Invoice 12345|Invoice 54321|order 77001 of May|order 80042 of May|rent and heating|paid in full|E2E-4711999|E2E-9911999|ref no-12345/6";
const parts =
  "for Goran|Jalal Rasulov|Goran|Jalal|Chou|En-lai|4711A|Unit|9278|064|4a6f|2d|a&|#71;oran|x|--|hs|paid, 12345|77001 ok";
const codesOf = (text: string): string => Array.from(text, (letter) => letter.charCodeAt(0)).join(" ");
/** What stands in two lines, `#` for what is listed in some, and for another of as many digits or letters in others. */
const halves = [
  ["for Goran", "Jalal Rasulov", "", ""],
  ["by Goran Jalal", "Rasulov", "", ""],
  ["#1234", "Chou", "B", "O"],
  ["Chou", "En-lai #1234", "B", "O"],
  ["#1234", "h5iao-p1ng", "b", "teng"],
  ["Unit #", "A", "4711", "4712"],
  ["GB82WEST", "#", "12345698765432", "11111111111111"],
  ["GB82WEST-", "# paid in full", "12345698765432", "98765432123456"],
  ["info at lantern d", "ot example", "", ""],
  ["mail info@", "lantern.example", "", ""],
  ["IMO #", "064", "9278", "9111"],
  ["IMO 927", "#", "8064", "1234"],
  [codesOf("Горан Джа"), "#", codesOf("лал Расулов"), codesOf("йцу Кенгшщз")],
] as const;
const line = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...innocent.split("|")) },
  { weight: 2, arbitrary: fc.constantFrom(...parts.split("|")) },
  { weight: 2, arbitrary: fc.integer({ min: 10_000, max: 9_999_999 }).map((number) => `Order ${String(number)}`) },
  { weight: 1, arbitrary: fc.integer({ min: 10_000, max: 9_999_999 }).map(String) },
);
const some = fc.array(line, { maxLength: 3 });
const arrays = fc.oneof(
  { weight: 3, arbitrary: fc.array(line, { minLength: 2, maxLength: 5 }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(some, fc.constantFrom(...halves), fc.boolean(), some)
      .map(([before, [first, second, one, two], other, behind]) => {
        const filled = [first, second].map((half) => half.replace("#", other ? two : one));
        return [...before, ...filled, ...behind];
      }),
  },
);

test("lines that were met before with other numbers are clear exactly if they are by themselves", () => {
  const fastPath = fastPathOf(screening.policy)(screening);
  let clear = 0;
  let tried = 0;
  fc.assert(
    fc.property(arrays, (remittanceInformation) => {
      tried++;
      const value = encoder.encode({ ...payment("e-1", ["Amelia Whitcombe"]), remittanceInformation }, 7);
      const fast = fastPath.tryClear({ value, reader: reader.parts, at: 2_000 });
      const full = screenRecord({ event: reader.read(value), why: null }, screening, 2_000);
      expect(full.kind === "screened" && full.outcome.kind === "clear").toBe(fast !== null);
      if (fast !== null) clear++;
    }),
    { numRuns: 8000 },
  );
  expect(clear / tried).toBeGreaterThan(0.3);
  expect(clear / tried).toBeLessThan(0.95);
});
