import { compilePolicy } from "@cordon/decisions";
import { decodeText, nothingKnown } from "@cordon/matching";
import { expect, test } from "vitest";

import type { ScreenableField } from "../src/screenable-field.ts";
import { fieldSearch, type FoundInField } from "../src/search-field.ts";
import { meterOf } from "../src/work-meter.ts";
import { fakeIndex, listed } from "./fake-index.ts";

const index = fakeIndex([listed("uk:1", "Vile Smuggler")]);
const { texts } = compilePolicy().usual;

/** What is found in a text within so many steps. */
function found(text: string, mostWork: number): FoundInField {
  const field: ScreenableField = {
    path: "remittanceInformation[0]",
    bearer: "text",
    role: "REMITTANCE_INFORMATION",
    kind: "TEXT",
    text,
    comparison: "text",
    required: false,
    facts: nothingKnown,
    place: null,
  };
  return fieldSearch({ index, texts, meter: meterOf(index, mostWork), decode: decodeText })(field);
}

test("a text that there is no work left to read is too broad, and was neither compared nor found unreadable", () => {
  const text = "to Vile Smuggler";
  const inTime = { compared: true, unreadable: false, lost: false, tooBroad: false };
  expect(found(text, 100 * text.length)).toMatchObject({ ...inTime, names: [{ designation: { id: "uk:1" } }] });
  const nothing = { compared: false, unreadable: false, lost: false, tooBroad: true, names: [], identified: [] };
  expect(found(text, 100 * text.length - 1)).toEqual(nothing);
});

test("a text is too broad where there is no work left to read what it decodes to, though it was compared as received", () => {
  const text = "to Vile%20Smuggler";
  expect(found(text, 1_000_000)).toMatchObject({ compared: true, tooBroad: false, names: [{ start: 3 }] });
  expect(found(text, 100 * text.length)).toMatchObject({ compared: true, tooBroad: true, names: [] });
});
