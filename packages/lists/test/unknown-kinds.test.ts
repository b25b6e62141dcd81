import { expect, test } from "vitest";

import { countByKind, type UnknownKind, unknownKind } from "../src/unknown-kinds.ts";

test.each<[string, UnknownKind]>([
  ["PASSPORT that no rule reads", "identifier"],
  ["PASSPORT note without a number", "identifier"],
  ["IMO that fails its check", "identifier"],
  ["IMO number that is not seven digits", "identifier"],
  ["BIC in prose that fails its check", "identifier"],
  ["document Voucher", "identifier"],
  ["document without a number", "identifier"],
  ["Passport without a number", "identifier"],
  ["PASSPORT too short to tell anybody apart", "short_identifier"],
  ["word for no name in the place of one", "name"],
  ["alias without a name", "name"],
  ["damaged character in a name", "name"],
  ["birth date", "date"],
  ["date in LISTED_ON", "date"],
  ["dateGenerated", "date"],
  ["Publish_Date", "date"],
  ["date of publication in the future", "date"],
  ["nationality not in the country table", "place"],
  ["country that is no code", "place"],
  ["property aliasName, taken for an alias", "structure"],
  ["column Passport number", "structure"],
  ["feature Birth date of a name", "structure"],
  ["UN_LIST_TYPE", "structure"],
  ["other", "structure"],
  ["what nobody ever saw", "structure"],
])("%j is of the kind %s", (words, kind) => {
  expect(unknownKind(words)).toBe(kind);
});

test("counts are added up by kind, with 0 for what there is none of", () => {
  expect(countByKind({ "birth date": 2, "date in LISTED_ON": 1, "column Shoe size": 5 })).toEqual({
    identifier: 0,
    short_identifier: 0,
    name: 0,
    date: 3,
    place: 0,
    structure: 5,
  });
});
