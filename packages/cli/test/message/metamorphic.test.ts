import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { ConvertedField, EventType } from "@cordon/messages";
import {
  finMessage,
  finTypes,
  isoFamilies,
  isoMessage,
  jsonMessage,
  randomChoice,
  seeded,
  wholeChoice,
} from "@cordon/messages/testing";
import { describe, expect, test } from "vitest";

import { root } from "../run-cordon.ts";
import { convert, PLANTED, places, plantedAt, screen } from "./planted.ts";

/*
 * A listed name is put in the place of each text of a message, one after the other. It is found there, wherever that is; no message with it
 * is clear.
 */

interface Sample {
  readonly name: string;
  readonly text: string;
  readonly type?: EventType;
}

/** Everything at once is more than an event may have. */
const iso: readonly Sample[] = isoFamilies.map((family, i) => ({
  name: family,
  text: isoMessage(family, randomChoice(seeded(i + 1), 0.3)),
}));
const fin: readonly Sample[] = finTypes.flatMap((type) => [
  { name: type, text: finMessage(type, wholeChoice()) },
  ...[1, 2].map((seed) => ({
    name: `${type}, draw ${String(seed)}`,
    text: finMessage(type, randomChoice(seeded(seed), 0.7)),
  })),
]);
const json: readonly Sample[] = (["payment", "remittance"] as const).map((type) => ({
  name: type,
  text: jsonMessage(type, wholeChoice()),
  type,
}));

/** Fields of the first transaction, each place once. */
function fieldsOf({ text, type }: Sample): readonly ConvertedField[] {
  const [first] = convert(text, type);
  if (first === undefined || first.kind === "error") throw new Error(`no event: ${JSON.stringify(first)}`);
  return [...new Map(first.fields.map((field) => [`${String(field.start)} ${String(field.end)}`, field])).values()];
}

/** `npm run fuzz:messages` takes all. */
function everyNth<T>(items: readonly T[], most: number): readonly T[] {
  const step = Math.max(1, Math.ceil(items.length / most));
  return items.filter((_, i) => i % step === 0);
}

function nameFor({ text }: Sample): string {
  return text.startsWith("{1:") ? PLANTED.toUpperCase() : PLANTED;
}

/** What is wrong with a listed name in the place of a field; null if it is found there. */
function lost(sample: Sample, field: ConvertedField): string | null {
  const name = nameFor(sample);
  const text = plantedAt(sample.text, field, name);
  const at = `${field.path} (${field.role} ${field.kind})`;
  const made = convert(text, sample.type);
  const told = made.map(screen);
  // A header that is none makes no event.
  if (/^\{[12]\}$/.test(field.path)) return told.every(({ kind }) => kind === "refused") ? null : `${at} was read`;
  const [first] = made;
  if (first === undefined || told[0]?.kind !== "hit") return `${at}: ${JSON.stringify(told[0])}`;
  if (first.kind === "remittance") return null;
  const found = places(first, text);
  return found.some(({ path, said }) => path === field.path && said === name)
    ? null
    : `${at}: ${JSON.stringify(found)}`;
}

describe.each([...iso, ...fin, ...json])("$name", (sample) => {
  test("has a listed name found in each of its fields, and told by its place", () => {
    const fields = everyNth(fieldsOf(sample), 20);
    expect(fields.length).toBeGreaterThan(3);
    expect(fields.map((field) => lost(sample, field)).filter((one) => one !== null)).toEqual([]);
  });
});

/** Every text that stands in a message, whether it is screened or not. */
function leavesOf({ text }: Sample): readonly { readonly start: number; readonly end: number }[] {
  const patterns = text.startsWith("<")
    ? [/(?<=>)[^<>\s][^<>]*(?=<\/)/g, /(?<==")[^"]*(?=")/g]
    : text.startsWith("{1:")
      ? [/(?<=^(?::\d\d[A-Z]?:)?)[^:\r\n{}][^\r\n{}]*$/gm, /(?<=\{\d{3}:)[^{}]*(?=\})/g]
      : [/(?<=: ")[^"]*(?=")/g];
  return patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((found) => ({ start: found.index, end: found.index + found[0].length })),
  );
}

/** Places that no person writes and nothing is screened of: keys of records. */
const keys = /"(?:eventId)": "$|(?:xmlns(?::\w+)?|version|encoding)="$/;

describe.each([...iso, ...fin, ...json])("$name", (sample) => {
  test("is not clear with a listed name in any place of it", () => {
    const leaves = everyNth(leavesOf(sample), 25).filter(({ start }) => !keys.test(sample.text.slice(0, start)));
    expect(leaves.length).toBeGreaterThan(5);
    const clear = leaves.filter((leaf) => {
      const told = convert(plantedAt(sample.text, leaf, nameFor(sample)), sample.type).map(screen);
      return told.every(({ kind }) => kind === "clear");
    });
    expect(clear.map(({ start, end }) => sample.text.slice(Math.max(0, start - 60), end))).toEqual([]);
  });
});

const real = join(root, "../shared/data/messages");

describe.skipIf(!existsSync(real))(`real messages of ${real}`, () => {
  const files = ["iso20022", "mt", "made"].flatMap((folder) =>
    existsSync(join(real, folder)) ? readdirSync(join(real, folder)).map((name) => join(real, folder, name)) : [],
  );

  test.each(files.map((file) => [file.slice(real.length + 1), file] as const))("%s", (_, file) => {
    const text = readFileSync(file, "utf8");
    const sample = { name: file, text: text.startsWith("\uFEFF") ? text.slice(1) : text };
    const made = convert(sample.text);
    expect(made.length).toBeGreaterThan(0);
    const [first] = made;
    const fields = first === undefined || first.kind === "error" ? [] : fieldsOf(sample);
    const plain = fields.filter(({ pieces, path }) => pieces === undefined && !/^\{[12]\}$/.test(path));
    expect(
      everyNth(plain, 5)
        .map((field) => lost(sample, field))
        .filter((one) => one !== null),
    ).toEqual([]);
  });
});
