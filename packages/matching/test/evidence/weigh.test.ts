import { describe, expect, test } from "vitest";

import type { Designation, ListedBirthDate } from "../../src/designation.ts";
import { type BearerFacts, type EvidenceAspect, nothingKnown, weigh } from "../../src/evidence/weigh.ts";
import { designation } from "../example-designations.ts";

function weighed(facts: Partial<BearerFacts>, listed: Partial<Designation>): readonly string[] {
  const all = weigh({ ...nothingKnown, ...facts }, { ...designation("1", ["Some Body"]), ...listed });
  return all
    .filter(({ verdict }) => verdict !== "absent")
    .map(({ aspect, verdict, hard }) => `${aspect} ${verdict}${hard ? " hard" : ""}`);
}

function born(date: string, more: Partial<ListedBirthDate> = {}): ListedBirthDate {
  return { date, until: null, approximate: false, ...more };
}

/** Rows: the event's birth date, the listed ones, what follows. */
describe("birth dates", () => {
  test.each([
    ["1980-05-17", [born("1980-05-17")], ["birth-date agree"]],
    ["1980-05-17", [born("1980-05")], ["birth-date agree"]],
    ["1980-05-17", [born("1980")], ["birth-date agree"]],
    ["1980", [born("1980-05-17")], ["birth-date agree"]],
    ["1980-05", [born("1980-05-17")], ["birth-date agree"]],
    ["1981-05-17", [born("1980", { until: "1982" })], ["birth-date agree"]],
    ["1982-05-17", [born("1980", { approximate: true })], ["birth-date agree"]],
    ["1980-05-17", [born("1970-01-02"), born("1980-05-17")], ["birth-date agree"]],
    ["1980-05-18", [born("1980-05-17")], ["birth-date conflict hard"]],
    ["1980-05-18", [born("1980-05-17"), born("1970-03-04")], ["birth-date conflict hard"]],
    ["1980-05-18", [born("1980-05-17"), born("1970")], ["birth-date conflict"]],
    ["1984-05-17", [born("1980", { approximate: true })], ["birth-date conflict"]],
    ["1984-05-17", [born("1980-05-17", { approximate: true })], ["birth-date conflict"]],
    ["1984-05-17", [born("1980-05-17", { until: "1981-05-17" })], ["birth-date conflict"]],
    ["1981", [born("1980-05-17")], ["birth-date conflict"]],
    ["1980-05-03", [born("1980-03-05")], ["birth-date conflict"]],
    ["1980-01-01", [born("1980-03-05")], ["birth-date conflict"]],
    ["1980-03-05", [born("1979-01-01")], ["birth-date conflict"]],
    ["1980-03-05", [], []],
    ["about 1980", [born("1980-03-05")], []],
    ["1980-13-05", [born("1980-03-05")], []],
    [null, [born("1980-03-05")], []],
  ] as const)("%s and %j", (birthDate, birthDates, expected) => {
    expect(weighed({ birthDate }, { birthDates })).toEqual(expected);
  });
});

describe("nationality, country and type", () => {
  test.each([
    [{ nationalities: ["IQ"] }, { nationalities: ["IQ", "IR"] }, ["nationality agree"]],
    [{ nationalities: ["iq"] }, { nationalities: ["IQ"] }, ["nationality agree"]],
    [{ nationalities: ["GB"] }, { nationalities: ["IQ"] }, ["nationality conflict"]],
    [{ nationalities: ["GB"] }, { nationalities: ["IQ", "Kurdish"] }, []],
    [{ nationalities: [] }, { nationalities: ["IQ"] }, []],
    [{ countries: ["IQ"] }, { nationalities: ["IQ"] }, ["country agree"]],
    [{ countries: ["GB"] }, { nationalities: ["IQ"] }, []],
    [{ countries: ["AE"] }, { addresses: [at("AE")] }, ["country agree"]],
    [{ countries: ["GB"] }, { addresses: [at("AE")], nationalities: ["IQ"] }, ["country conflict"]],
    [{ countries: ["GB"] }, { addresses: [at("AE"), at("Free Zone")] }, []],
    [{ type: "PERSON" }, { type: "PERSON" }, ["type agree"]],
    [{ type: "PERSON" }, { type: "ORGANISATION" }, ["type conflict hard"]],
    [{ type: "ORGANISATION" }, { type: "PERSON" }, ["type conflict hard"]],
    [{ type: "ORGANISATION" }, { type: "VESSEL" }, ["type conflict"]],
    [{ type: "UNKNOWN" }, { type: "PERSON" }, []],
    [{ type: "PERSON" }, { type: "OTHER" }, []],
  ] as const)("%j and %j", (facts, listed, expected) => {
    expect(weighed(facts, listed)).toEqual(expected);
  });
});

function at(country: string) {
  return { text: country, city: null, postalCode: null, country };
}

test("every aspect is told, also where nothing is known", () => {
  expect(
    weigh(nothingKnown, designation("1", ["Some Body"])).map(({ aspect, verdict }) => `${aspect} ${verdict}`),
  ).toEqual(["birth-date absent", "nationality absent", "country absent", "type absent"]);
});

/** All that an alert tells of one aspect. */
function toldOf(aspect: EvidenceAspect, facts: Partial<BearerFacts>, listed: Partial<Designation>) {
  const all = weigh({ ...nothingKnown, ...facts }, { ...designation("1", ["Some Body"]), ...listed });
  const { verdict, hard, detail, worth } = all.find((one) => one.aspect === aspect)!;
  return `${verdict}${hard ? " hard" : ""} ${String(worth)}: ${detail}`;
}

/** Rows: the event's birth date, the listed ones, what the alert tells. */
describe("a birth date is told with what it is worth", () => {
  test.each([
    ["1980-05-17", [born("1980-05-17")], "agree 800: born 1980-05-17, listed as 1980-05-17"],
    [" 1980-05-17 ", [born("1980-05-17")], "agree 800: born 1980-05-17, listed as 1980-05-17"],
    ["1980-05", [born("1980-05")], "agree 400: born 1980-05, listed as 1980-05"],
    ["1980-05-17", [born("1980")], "agree 400: born 1980-05-17, listed as 1980"],
    // The exact one before another that agrees.
    ["1980-05-17", [born("1980"), born("1980-05-17")], "agree 800: born 1980-05-17, listed as 1980-05-17"],
    [
      "1980-05-17",
      [born("1980-05-17", { until: "1980-06-01" })],
      "agree 400: born 1980-05-17, listed as 1980-05-17 to 1980-06-01",
    ],
    ["1982", [born("1980", { approximate: true })], "agree 400: born 1982, listed as about 1980"],
    ["1978", [born("1980", { approximate: true })], "agree 400: born 1978, listed as about 1980"],
    ["1980-05-31", [born("1980-05-31")], "agree 800: born 1980-05-31, listed as 1980-05-31"],
    [
      "1980-06",
      [born("1980-05-17", { until: "1980-06-01" })],
      "agree 400: born 1980-06, listed as 1980-05-17 to 1980-06-01",
    ],
    ["1977", [born("1980", { approximate: true })], "conflict -400: born 1977, but listed as about 1980"],
    [
      "1980-05-18",
      [born("1980-05-17"), born("1970-03-04")],
      "conflict hard -800: born 1980-05-18, but listed as 1980-05-17, 1970-03-04",
    ],
    [
      "1980-05-18",
      [born("1980-05-17"), born("1970-01-01")],
      "conflict -400: born 1980-05-18, but listed as 1980-05-17, 1970-01-01",
    ],
    ["1980-05-18", [born("circa"), born("1980-05-17")], "absent 0: a birth date that cannot be read"],
    ["1980-05-17", [born("circa"), born("1980-05-17")], "agree 800: born 1980-05-17, listed as 1980-05-17"],
    ["1980-05-18", [born("1980-05-17", { until: "later" })], "absent 0: a birth date that cannot be read"],
    ["circa", [born("1980-05-17")], "absent 0: a birth date that cannot be read"],
    ["  ", [born("1980-05-17")], "absent 0: the event says no birth date"],
    [null, [born("1980-05-17")], "absent 0: the event says no birth date"],
    ["1980-05-17", [], "absent 0: the list says no birth date"],
  ] as const)("%s and %j", (birthDate, birthDates, told) => {
    expect(toldOf("birth-date", { birthDate }, { birthDates })).toBe(told);
  });
});

describe("a nationality, a country and a type are told with what they are worth", () => {
  test.each([
    [
      "nationality",
      { nationalities: ["iq", "IQ", " GB"] },
      { nationalities: ["IQ", "GB"] },
      "agree 200: both say IQ, GB",
    ],
    ["nationality", { nationalities: ["GB"] }, { nationalities: ["IQ"] }, "conflict -200: GB, but listed as IQ"],
    [
      "nationality",
      { nationalities: ["GB"] },
      { nationalities: ["IQ", "Kurdish"] },
      "absent 0: GB, listed as IQ, Kurdish, which is no country's code",
    ],
    [
      "nationality",
      { nationalities: ["British"] },
      { nationalities: ["IQ"] },
      "absent 0: the event says no nationality",
    ],
    ["nationality", { nationalities: ["GB"] }, {}, "absent 0: the list says no nationality"],
    ["country", { countries: ["IQ"] }, { nationalities: ["IQ"] }, "agree 100: both say IQ"],
    ["country", { countries: ["GB"] }, { addresses: [at("AE")] }, "conflict -100: GB, but listed in AE"],
    [
      "country",
      { countries: ["GB"] },
      { nationalities: ["IQ"] },
      "absent 0: GB, but listed in IQ, which need not be where it is",
    ],
    [
      "country",
      { countries: ["GB"] },
      { addresses: [at("AE")], nationalities: ["Kurdish"] },
      "absent 0: GB, but listed in AE, Kurdish, which need not be where it is",
    ],
    ["country", {}, { nationalities: ["IQ"] }, "absent 0: the event says no country"],
    ["country", { countries: ["GB"] }, {}, "absent 0: the list says no country"],
    ["type", { type: "PERSON" }, { type: "PERSON" }, "agree 0: both a person"],
    [
      "type",
      { type: "PERSON" },
      { type: "ORGANISATION" },
      "conflict hard -400: a person, but listed as an organisation",
    ],
    ["type", { type: "PERSON" }, { type: "VESSEL" }, "conflict -400: a person, but listed as a ship"],
    ["type", { type: "UNKNOWN" }, { type: "PERSON" }, "absent 0: the event does not say what the bearer is"],
    ["type", { type: "PERSON" }, { type: "OTHER" }, "absent 0: the list does not say what the entry is"],
  ] as const)("%s: %j and %j", (aspect, facts, listed, told) => {
    expect(toldOf(aspect, facts, listed)).toBe(told);
  });
});
