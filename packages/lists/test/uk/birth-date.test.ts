import { describe, expect, test } from "vitest";

import { ukBirthDate } from "../../src/uk/birth-date.ts";

describe("a UK birth date", () => {
  test.each([
    ["31/01/1980", "1980-01-31"],
    ["1/2/1980", "1980-02-01"],
    ["dd/mm/1958", "1958"],
    ["'00/00/1975", "1975"],
    ["dd/05/1975", "1975-05"],
    ["DD/MM/1958", "1958"],
    ["1988", "1988"],
  ])("%s is %s", (text, date) => {
    expect(ukBirthDate(text)).toEqual({ birthDate: { date, until: null, approximate: false }, whole: true });
  });

  test.each([
    ["15/08/19yy", "1900", "1999"],
    ["dd/mm/198y", "1980", "1989"],
  ])("%s is somewhere from %s to %s", (text, date, until) => {
    expect(ukBirthDate(text)).toEqual({ birthDate: { date, until, approximate: true }, whole: true });
  });

  test.each([
    ["31/06/1980", "1980-06"],
    ["01/13/1980", "1980"],
  ])("%s never was, so %s is kept", (text, date) => {
    expect(ukBirthDate(text)).toEqual({ birthDate: { date, until: null, approximate: false }, whole: false });
  });

  test.each(["", "unknown", "c. 1960", "1960-1962", "01/02/80", "dd/mm/yyyy"])("%j cannot be read", (text) => {
    expect(ukBirthDate(text)).toBeNull();
  });
});
