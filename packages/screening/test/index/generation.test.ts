import type { IndexManifest } from "@cordon/index-store";
import { describe, expect, test } from "vitest";

import { generationAfter, generationOf, type IndexGeneration, isNewer } from "../../src/index/generation.ts";
import { fakeIndex, listed } from "../../src/testing/fake-index.ts";

const now = 1_000_000;
const ahead = now + 300_001;

function manifest(generation: number, createdAt: number, version = `v${String(generation)}`): IndexManifest {
  return { version, generation, bytes: 1, chunks: 1, engineVersion: "test", createdAt, lists: [] };
}

test("an index is named by its version and by its lists, with their dates where they have any", () => {
  const lists = ["2026-04-29", null, "yesterday"].map((publishedAt, at) => ({
    list: `l${String(at)}`,
    entries: 1,
    publishedAt,
  }));
  expect(generationOf({ ...manifest(2, 5), lists }, fakeIndex([]))).toMatchObject({
    since: null,
    stamp: {
      version: "v2",
      generation: 2,
      lists: [{ publishedAt: Date.UTC(2026, 3, 29) }, { publishedAt: null }, { publishedAt: null }],
    },
  });
});

describe("what is new in a generation", () => {
  const ann = listed("1", "Ann");
  const bob = listed("2", "Bob");

  function after(before: IndexGeneration | null, index = fakeIndex([ann, bob])): IndexGeneration {
    const steps = generationAfter(before, manifest(2, 5), index);
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
    }
  }

  test("is an index of its own", () => {
    const { since } = after(generationOf(manifest(1, 5), fakeIndex([ann])));
    expect(since?.version).toBe("v1");
    expect([...since!.added.designations()].map(({ id }) => id)).toEqual([bob.id]);
  });

  test("is not known of the first, nor where the indexes cannot be compared", () => {
    expect(after(null).since).toBeNull();
    const another = { ...fakeIndex([ann]), engineVersion: "another" };
    expect(after(generationOf(manifest(1, 5), another)).since).toBeNull();
  });
});

describe("a version is newer", () => {
  test.each([
    { what: "by its generation", next: manifest(2, 5), live: manifest(1, 5), newer: true },
    { what: "not by an older generation", next: manifest(1, 5), live: manifest(2, 5), newer: false },
    { what: "by its time, where a store began anew", next: manifest(1, 6), live: manifest(9, 5), newer: true },
    { what: "by its time, as another of one number", next: manifest(1, 6, "x"), live: manifest(1, 5), newer: true },
    { what: "not by an earlier time, of one number", next: manifest(1, 4, "x"), live: manifest(1, 5), newer: false },
    { what: "not by the same time, of one number", next: manifest(1, 5, "x"), live: manifest(1, 5), newer: false },
    {
      what: "by its time, where a store began anew with the same version",
      next: manifest(1, 6, "v9"),
      live: manifest(9, 5),
      newer: true,
    },
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
