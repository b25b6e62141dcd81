import { publisherConflict, publisherOf, settingsDiffering } from "@cordon/index-store";
import { expect, test } from "vitest";

test("publishers of the same settings have one fingerprint, whoever they are and in whatever order", () => {
  const a = publisherOf("a:1", { LIST_UK: "x", LIST_UN: "off" });
  expect(publisherOf("b:2", { LIST_UN: "off", LIST_UK: "x" }).fingerprint).toBe(a.fingerprint);
  for (const other of [{ LIST_UK: "x" }, { LIST_UK: "x", LIST_UN: "y" }, { LIST_UK: "off", LIST_UN: "x" }])
    expect(publisherOf("a:1", other).fingerprint).not.toBe(a.fingerprint);
});

test("what differs is told setting by setting", () => {
  expect(settingsDiffering({ A: "1", B: "2", C: "3" }, { A: "1", B: "x", D: "4" })).toEqual([
    "B: 2 here, x there",
    "C: 3 here, not set there",
    "D: not set here, 4 there",
  ]);
});

test("a conflict names who keeps the index, also to one that tells no settings", () => {
  const there = publisherOf("host:7", { LIST_UK: "off" });
  expect(publisherConflict(null, there)).toMatchObject({
    code: "PUBLISHER_CONFLICT",
    message: expect.stringContaining("host:7"),
  });
});
