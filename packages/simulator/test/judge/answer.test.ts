import { judgeAnswer, rightDesignation } from "@cordon/simulator";
import { describe, expect, test } from "vitest";

describe("a decision", () => {
  test.each([
    ["CLEAR", "CLEAR", "right"],
    ["CLEAR", "HIT", "released"],
    ["CLEAR", "HOLD", "released"],
    ["HIT", "HIT", "right"],
    ["HIT", "CLEAR", "wrong"],
    ["HOLD", "HIT", "wrong"],
    ["", "CLEAR", "wrong"],
  ] as const)("%j where %s is right is %s", (outcome, right, judgement) => {
    expect(judgeAnswer({ outcome }, { outcome: right })).toBe(judgement);
  });

  test("on what nobody sent is never right", () => {
    expect(["CLEAR", "HIT", "HOLD"].map((outcome) => judgeAnswer({ outcome }, undefined))).toEqual([
      "released",
      "wrong",
      "wrong",
    ]);
  });

  test("that holds is right for the reason that is expected, or one that is allowed", () => {
    const held = { outcome: "HOLD", holdReason: "INDEX_STALE" };
    expect(judgeAnswer(held, { outcome: "HOLD", holdReason: "INDEX_STALE" })).toBe("right");
    expect(judgeAnswer(held, { outcome: "HOLD", holdReason: "QUERY_TOO_BROAD" })).toBe("wrong");
    expect(judgeAnswer(held, { outcome: "CLEAR" })).toBe("wrong");
    expect(judgeAnswer(held, { outcome: "CLEAR" }, new Set(["INDEX_STALE"]))).toBe("right");
  });

  test("that depends on which list was live is judged by the index it was made with", () => {
    const expected = { outcome: "CLEAR", byEntries: (entries: number) => (entries > 1 ? "HIT" : "CLEAR") } as const;
    expect(judgeAnswer({ outcome: "CLEAR", entries: 1 }, expected)).toBe("right");
    expect(judgeAnswer({ outcome: "CLEAR", entries: 2 }, expected)).toBe("released");
  });
});

test("an alert is right by one of the planted designations, and by no other", () => {
  expect(rightDesignation(["uk:Z", "uk:B"], ["uk:A", "uk:B"])).toBe("uk:B");
  expect(rightDesignation(new Set(["uk:Z"]), ["uk:A"])).toBeNull();
  expect(rightDesignation([], [])).toBeNull();
});
