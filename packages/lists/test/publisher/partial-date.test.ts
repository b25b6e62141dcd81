import { expect, test } from "vitest";

import { partialDate } from "../../src/publisher/partial-date.ts";

test.each([
  ["1980", "1980"],
  ["1980-02", "1980-02"],
  ["1980-02-29", "1980-02-29"],
  ["1980-02-29T10:00:00", "1980-02-29"],
])("%s is %s", (text, date) => {
  expect(partialDate(text)).toBe(date);
});

test.each(["", "80", "1980-13", "1981-02-29", "29/02/1980", "1980-2-1", "0000"])("%j is no date", (text) => {
  expect(partialDate(text)).toBeNull();
});
