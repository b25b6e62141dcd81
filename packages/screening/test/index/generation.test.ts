import type { IndexManifest } from "@cordon/index-store";
import { describe, expect, test } from "vitest";

import { isNewer } from "../../src/index/generation.ts";

const now = 1_000_000;
const ahead = now + 300_001;

function manifest(generation: number, createdAt: number, version = `v${String(generation)}`): IndexManifest {
  return { version, generation, bytes: 1, chunks: 1, engineVersion: "test", createdAt, lists: [] };
}

describe("a version is newer", () => {
  test.each([
    { what: "by its generation", next: manifest(2, 5), live: manifest(1, 5), newer: true },
    { what: "not by an older generation", next: manifest(1, 5), live: manifest(2, 5), newer: false },
    { what: "by its time, where a store began anew", next: manifest(1, 6), live: manifest(9, 5), newer: true },
    { what: "by its time, as another of one number", next: manifest(1, 6, "x"), live: manifest(1, 5), newer: true },
    { what: "not as the same version of one number", next: manifest(1, 6), live: manifest(1, 5), newer: false },
    { what: "by a clock a little ahead", next: manifest(1, now + 300_000), live: manifest(9, 5), newer: true },
    { what: "not by a time in the future", next: manifest(1, ahead), live: manifest(9, 5), newer: false },
    { what: "by its generation, whatever its time", next: manifest(2, ahead), live: manifest(1, 5), newer: true },
    {
      what: "than one of the future, where a store began anew",
      next: manifest(1, 6),
      live: manifest(9, ahead),
      newer: true,
    },
    {
      what: "not than one of the future, itself of the future",
      next: manifest(1, ahead + 1),
      live: manifest(9, ahead),
      newer: false,
    },
  ])("$what", ({ next, live, newer }) => {
    expect(isNewer(next, live, now)).toBe(newer);
  });
});
