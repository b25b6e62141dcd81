import {
  compilePolicy,
  numberSeamTexts,
  paymentToScreen,
  remittanceToScreen,
  screenEvent,
  seamTexts,
  summaryOf,
} from "@cordon/decisions";
import { compileSnapshot, openSnapshot } from "@cordon/matching";
import { describe, expect, test } from "vitest";

import type { FieldMatch } from "../src/field-match.ts";
import { acrossSeam, areJoinedBySpaces, seamsOf } from "../src/line-seams.ts";
import { payment, remittance } from "./events.ts";
import { listed } from "./fake-index.ts";

const ship = listed("uk:1", "Vesna Oblakovic", {
  identifiers: [{ kind: "IBAN", value: "GB82WEST12345698765432", note: null }],
});
const man = listed("uk:2", "Zlatko Bogdan Hadzic Petrovskaya");
const index = openSnapshot(compileSnapshot([ship, man]));
const policy = compilePolicy();

type Event = Parameters<typeof screenEvent>[0];

/** Where a name or identifier was found, what of it stands there, and where it goes on. */
function found(event: Event): readonly string[] {
  const outcome = screenEvent(event, index, policy, { indexAge: 0, at: 0 });
  if (outcome.kind !== "hit") return [outcome.kind];
  return outcome.matches.map(({ field, start, end, reasons }) => {
    const further = reasons.filter(({ kind }) => kind === "goes-on").map(({ detail }) => `, ${detail}`);
    return `${field.path}: ${field.text.slice(start, end)}${further.join("")}`;
  });
}

function paid(...remittanceInformation: string[]): Event {
  return paymentToScreen(payment({ remittanceInformation }));
}

describe("a listed name that goes on from one line to the next", () => {
  test.each([
    [
      "between two words",
      paid("Salary of Vesna", "Oblakovic, April"),
      ['remittanceInformation[0]: Vesna, goes on in remittanceInformation[1]: "Oblakovic"'],
    ],
    [
      "in the middle of a word, where the rail breaks a full line",
      paid("INVOICE 4711 SALARY VESNA OBLAK".padStart(35, "A "), "OVIC APRIL"),
      ['remittanceInformation[0]: VESNA OBLAK, goes on in remittanceInformation[1]: "OVIC"'],
    ],
    [
      "where a short line ends, if nothing of the name is missing",
      paid("Salary VESNA OBLAK", "OVIC"),
      ['remittanceInformation[0]: VESNA OBLAK, goes on in remittanceInformation[1]: "OVIC"'],
    ],
    [
      "over three lines",
      paid("Salary of Zlatko", "Bogdan", "Hadzic-Petrovskaya, April"),
      ['remittanceInformation[0]: Zlatko, goes on in remittanceInformation[1]: "Bogdan Hadzic-Petrovskaya"'],
    ],
    [
      "in the middle of two words of full lines",
      paid("SALARY ZLATKO BOG".padStart(35, "A "), `DAN${" ".repeat(28)}HADZ`, "IC PETROVSKAYA"),
      [
        `remittanceInformation[0]: ZLATKO BOG, goes on in remittanceInformation[1]: "DAN${" ".repeat(28)}HADZ IC PETROVSKAYA"`,
      ],
    ],
    [
      "whoever is named in the line behind it",
      paid("Salary of Vesna", "Oblakovic", "Maria Lopez"),
      ['remittanceInformation[0]: Vesna, goes on in remittanceInformation[1]: "Oblakovic"'],
    ],
    ["nor past a line between", paid("Salary of Vesna", "for April", "Oblakovic"), ["clear"]],
    [
      "and is told once where one line has it whole",
      paid("Salary of Vesna", "Vesna Oblakovic"),
      ["remittanceInformation[1]: Vesna Oblakovic"],
    ],
  ])("%s", (_, event, expected) => {
    expect(found(event)).toEqual(expected);
  });

  test("behind a long line, told by its place in it", () => {
    const long = `${"rent and fuel, ".repeat(30)}Vesna`;
    const outcome = screenEvent(paid(long, "Oblakovic"), index, policy, { indexAge: 0, at: 0 });
    expect(outcome).toMatchObject({ matches: [{ start: long.length - 5, end: long.length, field: { text: long } }] });
  });

  test("in the message of a remittance, but not from its message to its purpose", () => {
    expect(found(remittanceToScreen(remittance({ message: ["Vesna", "Oblakovic"] })))).toEqual([
      'message[0]: Vesna, goes on in message[1]: "Oblakovic"',
    ]);
    expect(found(remittanceToScreen(remittance({ message: ["Vesna"], purpose: "Oblakovic" })))).toEqual(["clear"]);
    const { fields } = remittanceToScreen(remittance({ message: ["of Vesna", "Maria"], purpose: "Oblakovic" }));
    expect(seamsOf(fields).map(({ text }) => text)).toEqual(["of Vesna Maria"]);
    const number = { message: ["GB82 WEST", "1234 5698"], purpose: "7654 32" };
    expect(found(remittanceToScreen(remittance(number)))).toEqual(["clear"]);
  });

  test("so does a listed identifier", () => {
    expect(found(paid("to account GB82 WEST 1234", "5698 7654 32"))).toEqual([
      'remittanceInformation[0]: GB82 WEST 1234, goes on in remittanceInformation[1]: "5698 7654 32"',
    ]);
    expect(found(paid("to account GB82WEST1234".padStart(35, "A "), "5698765432"))).toEqual([
      'remittanceInformation[0]: GB82WEST1234, goes on in remittanceInformation[1]: "5698765432"',
    ]);
  });
});

function full(width: number, end = "B"): string {
  return end.padStart(width, "A ");
}

function numbersAcross(...lines: readonly string[]): readonly string[] {
  return numberSeamTexts(lines).map(({ text }) => text);
}

describe("what is read across the ends of lines", () => {
  test("is nothing where there is one line", () => {
    expect([seamTexts([]), seamTexts(["Vesna"]), numberSeamTexts(["GB82"])]).toEqual([[], [], []]);
  });

  test("is each line with those behind it, one more each time, six at most", () => {
    expect(seamTexts(["a", "b", "c"])).toEqual(["a b", "a b c", "b c"]);
    const ofFirst = seamTexts(["a", "b", "c", "d", "e", "f", "g", "h"]).filter((text) => text.startsWith("a"));
    expect(ofFirst).toEqual(["a b", "a b c", "a b c d", "a b c d e", "a b c d e f", "a b c d e f g"]);
  });

  test.each([33, 35, 140])("is a word, too, that may be broken where a line has %i characters", (width) => {
    expect(seamTexts([full(width), "ovic"])).toEqual([`${full(width)} ovic`, `${full(width)}ovic`]);
    expect(seamTexts([full(width, "B."), "ovic"])).toEqual([`${full(width, "B.")} ovic`]);
    expect(seamTexts([full(width + 1), "ovic"])).toEqual([`${full(width + 1)} ovic`]);
  });

  test("is a word that may be broken further on", () => {
    expect(seamTexts(["of", full(35), "ovic"]).slice(0, 3)).toEqual([
      `of ${full(35)}`,
      `of ${full(35)} ovic`,
      `of ${full(35)}ovic`,
    ]);
  });

  test("goes 200 characters far on each side", () => {
    const long = "1234567890".repeat(30);
    expect(seamTexts([long, long, "end"])[0]).toBe(`${long.slice(-200)} ${long.slice(0, 200)}`);
    const short = long.slice(0, 150);
    const ofFirst = seamTexts(["of", short, long, "end"]).filter((text) => text.startsWith("of"));
    expect(ofFirst).toEqual([`of ${short}`, `of ${`${short} ${long}`.slice(0, 200)}`]);
    expect(numberSeamTexts([long, long])[0]?.text).toBe(long.slice(-200) + long.slice(0, 200));
    expect(numberSeamTexts(["GB", short, long, "end"])[0]?.text).toBe(`GB${long.slice(0, 200)}`);
  });

  test("of numbers is all that follows, without spaces, with and without a hyphen", () => {
    expect(numbersAcross("GB82 ", " WEST ", " 1234")).toEqual(["GB82WEST1234", " WEST1234"]);
    expect(numbersAcross("GB82-", "WEST")).toEqual(["GB82-WEST", "GB82WEST"]);
    expect(numbersAcross("GB82,", "WEST")).toEqual([]);
    expect(numbersAcross("GB82", "(WEST")).toEqual([]);
  });
});

describe("what stands in one line alone is told there", () => {
  test("whatever comes before it", () => {
    expect(found(paid("Rent for April", "of Maria", "Vesna Oblakovic"))).toEqual([
      "remittanceInformation[2]: Vesna Oblakovic",
    ]);
    expect(found(paid("Vesna Oblakovic", "rent for April"))).toEqual(["remittanceInformation[0]: Vesna Oblakovic"]);
  });

  test("and so is an identifier behind a hyphen that ends a line", () => {
    expect(found(paid("to account -", "GB82 WEST 1234", "5698 7654 32"))).toEqual([
      'remittanceInformation[1]: GB82 WEST 1234, goes on in remittanceInformation[2]: "5698 7654 32"',
    ]);
  });

  test.each([
    [0, 5, 0],
    [0, 6, 0],
    [0, 7, 1],
    [4, 7, 1],
    [5, 9, 0],
    [6, 9, 0],
  ])("from %i to %i, where a line ends at 5 and the next begins at 6: %i across", (start, end, count) => {
    const { fields } = paymentToScreen(payment({ parties: [], remittanceInformation: ["Vesna", "Oblakovic"] }));
    const match = { field: fields[0], designation: ship, start, end, reasons: [] } as unknown as FieldMatch;
    expect(seamsOf(fields).map((seam) => acrossSeam(seam, [match]).length)).toEqual([count]);
  });
});

test("an identifier that goes on behind a long line is told by its place in it", () => {
  const long = `${"rent and fuel, ".repeat(30)}GB82 WEST 1234`;
  const outcome = screenEvent(paid(long, "5698 7654 32"), index, policy, { indexAge: 0, at: 0 });
  expect(outcome).toMatchObject({ matches: [{ start: long.length - 14, end: long.length, field: { text: long } }] });
});

test.each(["rent and fuel, ".repeat(30), "to account "])(
  "so is one over more lines than a name may go on in: %s",
  (before) => {
    const first = `${before}GB`;
    const outcome = screenEvent(paid(first, ..."82WEST12345698765432".match(/../g)!), index, policy, {
      indexAge: 0,
      at: 0,
    });
    expect(outcome).toMatchObject({ matches: [{ start: before.length, end: first.length, field: { text: first } }] });
  },
);

test("the sentence of an alert says where the name goes on", () => {
  const outcome = screenEvent(paid("Salary of Vesna", "Oblakovic, April"), index, policy, {
    indexAge: 0,
    at: 0,
  });
  const sentences = outcome.kind === "hit" ? outcome.matches.map(summaryOf) : [];
  expect(sentences).toEqual([
    'Remittance information line 1 contains "Vesna" (goes on in remittanceInformation[1]: "Oblakovic"), which matches ' +
      '"Vesna Oblakovic" (100 %), a person on the UK list: Test regime.',
  ]);
});

test.each([
  [["rent", "food"], true],
  [["x".repeat(100), "y".repeat(99)], true],
  [["x".repeat(100), "y".repeat(100)], false],
  [["x".repeat(100), "y".repeat(49), "z".repeat(49)], true],
  [["x".repeat(100), "y".repeat(49), "z".repeat(50)], false],
  [["x".repeat(35), "food"], false],
  [["rent", "x".repeat(33)], false],
  [["x".repeat(34), "x".repeat(36)], true],
])("lines are joined by spaces, and whole, unless they are long or may have broken a word: %#", (lines, whole) => {
  expect(areJoinedBySpaces(lines)).toBe(whole);
  const texts = seamTexts(lines);
  expect(texts.every((text) => lines.join(" ").includes(text)) || !whole).toBe(true);
});
