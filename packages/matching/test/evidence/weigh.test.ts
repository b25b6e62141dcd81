import { describe, expect, test } from "vitest";

import type { Designation, ListedBirthDate } from "../../src/designation.ts";
import { type BearerFacts, nothingKnown, weigh } from "../../src/evidence/weigh.ts";
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
