import { describe, expect, test } from "vitest";

import { countryCode } from "../../src/publisher/countries.ts";
import { nationalitiesOf } from "../../src/publisher/nationalities.ts";
import { createTally } from "../../src/tally.ts";

describe("countries", () => {
  test.each([
    ["Kosovo", "XK"],
    ["The Gambia", "GM"],
    ["Congo (Democratic Republic)", "CD"],
    ["Congo", "CG"],
    ["DPRK", "KP"],
    ["Democratic People's Republic of Korea", "KP"],
    ["Iran (Islamic Republic of)", "IR"],
    ["Türkiye", "TR"],
    ["Côte d’Ivoire", "CI"],
    ["Guinea-Bissau", "GW"],
    ["SYRIAN ARAB REPUBLIC", "SY"],
    ["former Soviet Union", null],
    ["", null],
  ])("%s is %s", (text, code) => {
    expect(countryCode(text)).toBe(code);
  });

  test("a nationality that is no country stays as text and is counted, one that is not known is left out", () => {
    const unknown = createTally();
    expect(nationalitiesOf(["Iraq", "former Soviet Union", "na", "", "Iraq"], unknown)).toEqual([
      "IQ",
      "former Soviet Union",
    ]);
    expect(unknown.counts()).toEqual({ "nationality not in the country table": 1, "nationality placeholder": 1 });
  });
});
