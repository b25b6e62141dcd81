import { createHash } from "node:crypto";

import { expect, test } from "vitest";

import { atOnce } from "../../src/at-once.ts";
import type { Designation } from "../../src/designation.ts";
import { engineVersion } from "../../src/engine-version.ts";
import { openingSteps, openSnapshot } from "../../src/engine/open-index.ts";
import { compileSearchOptions } from "../../src/engine/options.ts";
import { compileSnapshot, snapshotVersion } from "../../src/snapshot/compile.ts";
import { encodeText } from "../../src/snapshot/designation-codec.ts";
import { packSections, unpackSections } from "../../src/snapshot/layout.ts";
import { designation, weak } from "../example-designations.ts";

const full: Designation = {
  ...designation(
    "full",
    ["Ünïcode Näme 🙂 \ud800", { ...weak("习近平"), script: "Han", language: "Chinese" }],
    "VESSEL",
  ),
  regimeCode: "GIM",
  measures: ["Asset freeze"],
  birthDates: [{ date: "1980-01", until: "1981", approximate: true }],
  nationalities: ["GB"],
  identifiers: [
    { kind: "IMO", value: "9123456", note: null },
    { kind: "PASSPORT", value: "P1", note: "issued in Town", country: "IQ" },
    { kind: "WALLET", value: "1Example", note: null, currency: "XBT" },
  ],
  designatedOn: "2026-01-01",
  references: ["QDi.006"],
  assetFreeze: false,
  addresses: [{ text: "1 Example Road, Town, Iraq", city: "Town", postalCode: null, country: "IQ" }],
  birthPlaces: ["Town, Iraq"],
  vesselFacts: [{ kind: "FLAG", value: "Gabon" }],
  remarks: [{ label: "Other information", text: "First line" }],
};
const list = [
  designation("b", ["Beta Person"]),
  full,
  designation("a", ["—"]),
  { ...designation("z", ["Zeta"]), list: "alpha" },
];
const bytes = compileSnapshot(list);
const sha256 = () => createHash("sha256");
const invalid = expect.objectContaining({ code: "SNAPSHOT_INVALID" });

test("what is opened is what was compiled, in id order", () => {
  const index = openSnapshot(bytes);
  expect([...index.designations()]).toEqual(list.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
  expect(index.lists).toEqual([
    { list: "alpha", entries: 1 },
    { list: "test", entries: 3 },
  ]);
  expect(index.engineVersion).toBe(engineVersion);
  // Readings: Beta Person, Zeta, the ship's Latin name, and the Han name as a Chinese reads it and as six others do.
  expect(index.names).toBe(3 + 14);
  expect(index.withoutComparableName).toBe(1);
});

test("the bytes depend on the designations alone, not on the order of entries or of their fields", () => {
  const shuffled = list
    .toReversed()
    .map((each) => Object.fromEntries(Object.entries(each).toReversed()) as unknown as Designation);
  expect(compileSnapshot(shuffled)).toEqual(bytes);
  expect(snapshotVersion(bytes)).toMatch(/^[0-9a-f]{64}$/);
  expect(snapshotVersion(compileSnapshot(list.slice(1)))).not.toBe(snapshotVersion(bytes));
});

test("an id that occurs twice is refused", () => {
  expect(() => compileSnapshot([...list, designation("a", ["Other"])])).toThrow(
    expect.objectContaining({ code: "LIST_MALFORMED" }),
  );
});

test("an empty list compiles, opens and matches nothing", () => {
  const index = openSnapshot(compileSnapshot([]));
  expect(index.names).toBe(0);
  expect(index.search("Anybody", compileSearchOptions())).toEqual({ kind: "matches", matches: [] });
});

test("one changed bit anywhere is noticed", () => {
  for (let at = 0; at < bytes.length; at += at < 256 ? 1 : 61) {
    const damaged = bytes.slice();
    damaged.set([(bytes[at] ?? 0) ^ (1 << (at % 8))], at);
    expect(() => openSnapshot(damaged), `byte ${String(at)}`).toThrow(invalid);
  }
});

test("a missing or added end is noticed", () => {
  for (const length of [0, 1, 63, 64, 100, bytes.length - 1])
    expect(() => openSnapshot(bytes.subarray(0, length))).toThrow(invalid);
  expect(() => openSnapshot(Uint8Array.from([...bytes, 0]))).toThrow(invalid);
});

test("a snapshot of another engine version is refused, and so are sections that do not belong together", () => {
  const sections = unpackSections(bytes);
  const meta = encodeText(JSON.stringify({ engineVersion: "0.000000000000", lists: [], withoutComparableName: 0 }));
  expect(() => openSnapshot(packSections({ ...sections, meta }))).toThrow(invalid);
  expect(() => openSnapshot(packSections({ ...sections, meta: encodeText("{") }))).toThrow(invalid);
  expect(() => openSnapshot(packSections({ ...sections, rowNames: new Uint32Array(1) }))).toThrow(invalid);
  expect(() => openSnapshot(packSections({ ...sections, postingWords: new Uint32Array(1) }))).toThrow(invalid);
});

test("a snapshot opens wherever in a buffer it lies", () => {
  const buffer = new Uint8Array(bytes.length + 3);
  buffer.set(bytes, 3);
  const index = openSnapshot(buffer.subarray(3));
  expect(index.search("Beta Person", compileSearchOptions())).toMatchObject({ matches: [{ score: 10_000 }] });
});

test("an index that is opened in steps is the one that is opened at once", () => {
  const many = Array.from({ length: 9000 }, (_, at) =>
    designation(`many-${String(at)}`, [`Given${String(at)} Family`]),
  );
  const snapshot = compileSnapshot([...list, ...many]);
  const steps = openingSteps(snapshot, { sha256 });
  let taken = 0;
  const counted: Iterator<void, ReturnType<typeof openSnapshot>> = {
    next: () => {
      taken++;
      return steps.next();
    },
  };
  const inSteps = atOnce(counted);
  // Four pieces at least, and two of the rows that lines are searched by.
  expect(taken).toBeGreaterThan(6);
  const whole = openSnapshot(snapshot, { sha256 });
  const options = compileSearchOptions();
  for (const text of ["Beta Person", "Given77 Family", "Nobody Else"]) {
    expect(inSteps.search(text, options)).toEqual(whole.search(text, options));
    const line = `to ${text}, invoice 1`;
    expect(inSteps.searchText(line, options)).toEqual(whole.searchText(line, options));
  }
  const damaged = snapshot.slice();
  damaged.set([(snapshot.at(-1) ?? 0) ^ 1], snapshot.length - 1);
  expect(() => atOnce(openingSteps(damaged, { sha256 }))).toThrow(invalid);
});

test("the runtime's hash and the engine's own are one, and either notices damage", () => {
  for (const length of [0, 1, 55, 56, 63, 64, 65, 1000]) {
    const some = Uint8Array.from({ length }, (_, at) => (at * 37) & 0xff);
    expect(snapshotVersion(some, { sha256 })).toBe(snapshotVersion(some));
  }
  expect(compileSnapshot(list, { sha256 })).toEqual(bytes);
  expect(openSnapshot(bytes, { sha256 }).names).toBe(openSnapshot(bytes).names);
  const damaged = bytes.slice();
  damaged.set([(bytes.at(-1) ?? 0) ^ 1], bytes.length - 1);
  expect(() => openSnapshot(damaged, { sha256 })).toThrow(invalid);
  // A hash of no bytes would vouch for anything.
  expect(() =>
    openSnapshot(damaged, { sha256: () => ({ update: () => null, digest: () => new Uint8Array(0) }) }),
  ).toThrow(invalid);
});
