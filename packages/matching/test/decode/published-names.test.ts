import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { describe, expect, test } from "vitest";

import { decodeText } from "../../src/decode/decode-text.ts";
import { encoders } from "./encoders.ts";
import { readsAs } from "./names.ts";

const shared = fileURLToPath(new URL("../../../../../shared/data/", import.meta.url));
const present = existsSync(shared);
const reason = present ? "" : " (skipped: ../shared/data is absent)";
if (!present) console.warn("the decoder's tests on published names are skipped: ../shared/data is absent");

const lines = (path: string): readonly string[] => readFileSync(`${shared}${path}`, "utf8").split(/\r?\n/);
const cells = (path: string): readonly string[] => [
  ...new Set(lines(path).flatMap((line) => line.split(",").map((cell) => cell.replaceAll('"', "").trim()))),
];
const inXml = (path: string, tag: string): readonly string[] => [
  ...new Set(
    Array.from(
      readFileSync(`${shared}${path}`, "utf8").matchAll(new RegExp(`<${tag}>([^<>&]+)</${tag}>`, "g")),
      ([, found = ""]) => found.trim(),
    ),
  ),
];

const every = <T>(all: readonly T[], step: number): readonly T[] => all.filter((_, at) => at % step === 0);

/** Innocent and listed names as they are published, and how many of a thousand may have a reading besides. */
const innocent: readonly (readonly [path: string, perThousand: number])[] = [
  ["pairs/clean-customers.csv", 5],
  ["names/popular_names/common-forenames-by-country.csv", 5],
  ["names/popular_names/common-surnames-by-country.csv", 5],
  ["lists/uk/UK-Sanctions-List.csv", 5],
  ["pairs/scripts-dev.csv", 5],
];

describe.skipIf(!present)(`published names${reason}`, () => {
  test.each(innocent)(
    "no cell of %s is unreadable, and at most %i of a thousand are read in another way",
    (path, perThousand) => {
      const all = cells(path);
      const decoded = all.map((cell) => ({ cell, ...decodeText(cell) }));
      expect(decoded.filter(({ unreadable }) => unreadable).map(({ cell }) => cell)).toEqual([]);
      const share = (1000 * decoded.filter(({ readings }) => readings.length > 0).length) / all.length;
      expect(share).toBeLessThanOrEqual(perThousand);
    },
  );

  const un = "lists/un/consolidated_20260227.xml";
  const published = present
    ? [
        ...every(inXml(un, "FIRST_NAME"), 40),
        ...every(inXml(un, "ALIAS_NAME"), 40),
        ...every(inXml(un, "NAME_ORIGINAL_SCRIPT"), 10),
      ]
    : [];
  // A curly apostrophe among Latin letters is all that sets of other scripts would change, and its loss parts a name only.
  const names = published.filter((name) => name.length > 5).map((name) => name.replaceAll(/[’‘]/g, "'"));

  test.each(encoders)("of listed names in $kind 90 % are read or unreadable", (encoder) => {
    const encoded = names.flatMap((name) => {
      const text = encoder.encode(name);
      return text === undefined || text === name ? [] : [{ name, text }];
    });
    const found = encoded.filter(({ name, text }) => decodeText(text).unreadable || readsAs(text, name));
    expect(found.length).toBeGreaterThanOrEqual(0.9 * encoded.length);
  });
});
