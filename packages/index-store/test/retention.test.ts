import type { IndexManifest } from "@cordon/index-store";
import { describe, expect, test } from "vitest";

import { retain } from "../src/retention.ts";

function manifest(generation: number, rolledBack?: IndexManifest["rolledBack"]): IndexManifest {
  return {
    version: String(generation),
    generation,
    bytes: 1,
    chunks: 1,
    engineVersion: "1",
    createdAt: 0,
    lists: [],
    rolledBack,
  };
}

function retained(next: IndexManifest, replaced: readonly IndexManifest[], versionsKept: number) {
  const { forgotten, expiring } = retain(next, replaced, { versionsKept });
  return { forgotten, expiring: expiring.map(({ generation }) => generation) };
}

describe("what is kept when a version becomes live", () => {
  test("everything, while there are few", () => {
    expect(retained(manifest(3), [manifest(2), manifest(1)], 3)).toEqual({ forgotten: [], expiring: [] });
  });

  test("the newest ones, whatever order they come in", () => {
    expect(retained(manifest(4), [manifest(1), manifest(3), manifest(2)], 2)).toEqual({
      forgotten: [1, 2],
      expiring: [1, 2],
    });
  });

  test("nothing but the live one, when that is wanted", () => {
    expect(retained(manifest(2), [manifest(1)], 1)).toEqual({ forgotten: [1], expiring: [1] });
  });

  test("the bytes that the next one points to, though their version is forgotten", () => {
    expect(retained(manifest(3, { to: 1, from: 2 }), [manifest(2), manifest(1)], 2)).toEqual({
      forgotten: [1],
      expiring: [],
    });
  });

  test("nothing of the earlier life of a store that was emptied", () => {
    expect(retained(manifest(1), [manifest(1), manifest(8)], 10)).toEqual({ forgotten: [1, 8], expiring: [8] });
  });
});
