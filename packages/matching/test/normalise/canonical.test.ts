import { expect, test } from "vitest";

import { canonicalToken, wordClasses } from "../../src/normalise/canonical.ts";

test("no spelling is in two classes", () => {
  const all = wordClasses.flatMap(([, spellings]) => spellings.split(" "));
  expect(new Set(all).size).toBe(all.length);
});

test.each(["privat", "hayatullah", "asatullah", "colonna", "smith", "se", "generali"])(
  "%s is a name of its own",
  (name) => {
    expect(canonicalToken(name)).toBe(name);
  },
);

test.each([
  ["limited", "ltd"],
  ["limted", "ltd"],
  ["partnrship", "llp"],
  ["maulawi", "mullah"],
])("%s is a spelling of %s", (written, canonical) => {
  expect(canonicalToken(written)).toBe(canonical);
});
