import type { KeptVersion } from "@cordon/index-store";
import { findVersion } from "@cordon/index-store";
import { expect, test } from "vitest";

function kept(generation: number, version: string): KeptVersion {
  const manifest = { version, generation, bytes: 1, chunks: 1, engineVersion: "1", createdAt: 0, lists: [] };
  return { manifest, states: [] };
}

const one = kept(1, `abcdef0${"0".repeat(57)}`);
const two = kept(2, `abcdef1${"0".repeat(57)}`);
const twelve = kept(12, one.manifest.version);
const versions = [one, two, twelve];

test.each([
  { wanted: "live", found: twelve },
  { wanted: "2", found: two },
  { wanted: "12", found: twelve },
  { wanted: "abcdef1", found: two },
  { wanted: "ABCDEF1", found: two },
])("$wanted is understood", ({ wanted, found }) => {
  expect(findVersion(versions, wanted)).toBe(found);
});

test("of several generations with the same bytes the newest is meant", () => {
  expect(findVersion(versions, "abcdef0")).toBe(twelve);
});

test.each(["", "3", "abcde", "abcdef", "fedcba9", "latest"])("%j is none, or not clearly one", (wanted) => {
  expect(findVersion(versions, wanted)).toBeNull();
});

test("nothing is live where nothing was published", () => {
  expect(findVersion([], "live")).toBeNull();
});
