import { compilePolicy } from "@cordon/messages";
import type { ScreeningIndex } from "@cordon/screening";
import { describe, expect, test } from "vitest";

import { rememberingIndex } from "../../src/index/remembering-index.ts";
import { fakeIndex, listed } from "../../src/testing/fake-index.ts";

const { any, person } = compilePolicy().search;

function watched(index: ScreeningIndex) {
  const asked: string[] = [];
  const search: ScreeningIndex["search"] = (name, options) => {
    asked.push(name);
    return index.search(name, options);
  };
  return { asked, index: { ...index, search } };
}

describe("an index that remembers", () => {
  test("searches a name once, and answers the second time the same", () => {
    const { asked, index } = watched(fakeIndex([listed("GIM0001", "Goran Jalal")]));
    const remembering = rememberingIndex(index);
    const first = remembering.search("Goran Jalal", any);
    expect(remembering.search("Goran Jalal", any)).toEqual(first);
    expect(first).toMatchObject({ kind: "matches", matches: [{ score: 10_000 }] });
    expect(asked).toEqual(["Goran Jalal"]);
  });

  test("keeps apart what is compared with different designations", () => {
    const { asked, index } = watched(fakeIndex([]));
    const remembering = rememberingIndex(index);
    remembering.search("Goran Jalal", any);
    remembering.search("Goran Jalal", person);
    expect(asked).toHaveLength(2);
  });

  test("keeps apart a name and a line of text", () => {
    const line = { kind: "unreadable" } as const;
    const remembering = rememberingIndex({ ...fakeIndex([]), searchText: () => line });
    expect(remembering.search("Goran Jalal", any).kind).toBe("matches");
    expect(remembering.searchText("Goran Jalal", any)).toBe(line);
  });

  test("never keeps that a name was too broad", () => {
    const { asked, index } = watched(fakeIndex([]));
    const remembering = rememberingIndex(index);
    remembering.search("BROAD", any);
    remembering.search("BROAD", any);
    expect(asked).toEqual(["BROAD", "BROAD"]);
  });
});
