import { listsLacking, releasedWith } from "@cordon/index-store";
import { describe, expect, test } from "vitest";

const lists = (sizes: Readonly<Record<string, number>>) =>
  Object.entries(sizes).map(([list, entries]) => ({ list, entries, publishedAt: null }));

describe("a version lacks the lists", () => {
  const was = { lists: lists({ uk: 5, un: 3, eu: 0 }) };

  test.each([
    { what: "that it has no entry of", next: { lists: lists({ un: 3 }) }, lacking: ["uk"] },
    { what: "that lost everything", next: { lists: lists({ uk: 0, un: 3 }) }, lacking: ["uk"] },
    { what: "all of them", next: { lists: [] }, lacking: ["uk", "un"] },
    { what: "but not what shrank", next: { lists: lists({ uk: 1, un: 1 }) }, lacking: [] },
    { what: "but not what is new", next: { lists: lists({ uk: 5, un: 3, ofac: 9 }) }, lacking: [] },
    { what: "but not what was empty before", next: { lists: lists({ uk: 5, un: 3 }) }, lacking: [] },
    { what: "but not what was released", next: { lists: lists({ un: 3 }), released: ["uk"] }, lacking: [] },
    { what: "beside one that was released", next: { lists: [], released: ["uk"] }, lacking: ["un"] },
  ])("$what", ({ next, lacking }) => {
    expect(listsLacking(was, next)).toEqual(lacking);
  });
});

test("what was released stays so from version to version, until it has entries again", () => {
  expect(releasedWith(null, lists({ un: 3 }), ["uk"])).toEqual(["uk"]);
  expect(releasedWith({ released: ["uk"] }, lists({ un: 3 }), ["eu"])).toEqual(["eu", "uk"]);
  expect(releasedWith({ released: ["uk"] }, lists({ un: 3, uk: 0 }), [])).toEqual(["uk"]);
  expect(releasedWith({ released: ["uk", "eu"] }, lists({ uk: 1 }), [])).toEqual(["eu"]);
});
