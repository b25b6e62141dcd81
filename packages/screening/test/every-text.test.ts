import { compilePolicy, summaryOf } from "@cordon/decisions";
import type { IndexManifest } from "@cordon/index-store";
import { compileSnapshot, openSnapshot } from "@cordon/matching";
import { createEncoder, type Payment, type Remittance, schemaText } from "@cordon/schemas";
import {
  type EventKind,
  fastPathOf,
  generationOf,
  payments,
  remittances,
  type ScreenedRecord,
  screenRecord,
} from "@cordon/screening";
import { describe, expect, test } from "vitest";

import { listed } from "../src/testing/fake-index.ts";
import { textPaths, wholeRecord } from "./every-text-of.ts";

/*
 * Whatever text an event has, by its schema: a listed name in it is a hit, a lost character holds it, and neither is cleared by parts.
 */

const manifest = { version: "v1", generation: 1, lists: [] } as unknown as IndexManifest;
const index = openSnapshot(compileSnapshot([listed("A1", "Goran Jalal Rasulov")]));
const generation = generationOf(manifest, index);
const policy = compilePolicy();
const screening = { generation, policy, indexAge: 0 };
const at = 2_000;

/** The key of the record, and what tells of the message that it was made from: no person writes them. */
const unread = /^(?:eventId$|source\.|origins\[|problems\[)/;

/** Texts that say nothing, as they would stand there. */
function innocent(path: string): string {
  if (path === "eventId") return "e-1";
  if (/(?:currency|ountry|issuer|residence)$|nationalities/.test(path)) return "GB";
  if (path === "uetr") return "eb6305c9-1f7f-49de-aed0-16487c27b42d";
  if (path.endsWith("birthDate")) return "1980-01";
  return /(?:name|^(?:sender|beneficiary)\.name)$/.test(path) ? "Amelia Whitcombe" : "Rent 4711";
}

function otherwise(changed: string, text: string): (path: string) => string {
  return (path) => (path === changed ? text : innocent(path));
}

function bothWays<S extends "payments.v1-value" | "remittances.v1-value">(subject: S, kind: EventKind) {
  const encoder = createEncoder(subject);
  const schema = schemaText(subject);
  const { read, parts: found } = kind.readerFor(schema, new Set());
  const reader = found!;
  return (textAt: (path: string) => string): { readonly fast: object | null; readonly full: ScreenedRecord } => {
    const record = wholeRecord(subject, textAt) as S extends "payments.v1-value" ? Payment : Remittance;
    const value = encoder.encode(record as never, 7);
    const fast = fastPathOf(policy)(screening).tryClear({ value, reader, at });
    return { fast, full: screenRecord({ event: read(value), why: null }, screening, at) };
  };
}

describe.each([
  { subject: "payments.v1-value" as const, kind: payments },
  { subject: "remittances.v1-value" as const, kind: remittances },
])("in $subject", ({ subject, kind }) => {
  const screen = bothWays(subject, kind);
  const paths = textPaths(subject).filter((path) => !unread.test(path));

  test("nothing stands that says nothing, and both ways clear it", () => {
    const { fast, full } = screen(innocent);
    expect(full).toMatchObject({ outcome: { kind: "clear" } });
    expect(fast).toMatchObject({
      fieldsScreened: full.kind === "screened" ? full.outcome.fieldsScreened : -1,
    });
    expect(paths.length).toBeGreaterThan(30);
  });

  test.each(paths)("a listed name in %s is a hit there", (path) => {
    const { fast, full } = screen(otherwise(path, "Goran Jalal Rasulov"));
    expect(fast).toBeNull();
    expect(full).toMatchObject({ outcome: { kind: "hit", matches: [{ field: { path } }] } });
    const [match] = full.kind === "screened" && full.outcome.kind === "hit" ? full.outcome.matches : [];
    expect(summaryOf(match!)).not.toMatch(/^Text of|^Code|^Reference/);
  });

  test.each(paths)("a listed name beside other words in %s is a hit there", (path) => {
    const { fast, full } = screen(otherwise(path, "c/o Goran Jalal Rasulov, 14 Kirova Street"));
    expect(fast).toBeNull();
    expect(full).toMatchObject({ outcome: { kind: "hit", matches: [{ field: { path }, start: 4, end: 23 }] } });
  });

  test.each(paths)(
    "a listed name that is encoded in %s is a hit there, and its place is that of the encoded part",
    (path) => {
      const encoded = "for &#71;oran%20Jalal Rasulo&#118; 12";
      const { fast, full } = screen(otherwise(path, encoded));
      expect(fast).toBeNull();
      expect(full).toMatchObject({
        outcome: { kind: "hit", matches: [{ field: { path, text: encoded }, start: 4, end: encoded.length - 3 }] },
      });
    },
  );

  test.each(paths)("a character that was lost in %s holds the event", (path) => {
    const { fast, full } = screen(otherwise(path, "Gor\uFFFDn Doe"));
    expect(fast).toBeNull();
    expect(full).toMatchObject({ outcome: { kind: "hold", reason: "NAME_UNREADABLE" } });
    expect(screen(otherwise(path, "\uFFFD")).fast).toBeNull();
  });
});
