import { compilePolicy, paymentToScreen, remittanceToScreen, screenEvent, summaryOf } from "@cordon/decisions";
import { compileSnapshot, openSnapshot } from "@cordon/matching";
import { describe, expect, test } from "vitest";

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
