import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { notePlay, notPlayed, type Play, readPlays } from "../../src/faults/plays.ts";
import { tableOf, timesTable } from "../../src/faults/table.ts";

const fault = { name: "broker-hangs", what: "a broker is frozen", repeatsAllowed: true };
const of = { fault: "broker-hangs", client: "kafkajs", at: "2026-11-29 15:00", commit: "abc1234", load: 2.4 } as const;
const counts = {
  events: 100,
  decided: 100,
  missing: 0,
  repeated: 3,
  planted: 5,
  alerted: 5,
  longestWait: 20.04,
  caughtUpAfter: null,
};
const kept: Play = { ...of, notes: ["that took 9.0 s"], counts, breaches: [] };

const rowOf = (plays: readonly Play[]): string => tableOf([fault], plays).split("\n").at(-1) ?? "";

test("a row tells how many plays kept the promise, and when and on which commit the newest was played", () => {
  const row = rowOf([{ ...kept, commit: "0000000" }, kept]);
  expect(row).toContain("**kept** 2 of 2; 2026-11-29 15:00 on abc1234, load 2; 100 of 100 decided");
  expect(row).toContain("that took 9.0 s");
});

test("a play of older code than the newest play is marked as one", () => {
  const other: Play = { ...kept, fault: "sigterm", commit: "def5678", load: null };
  const rows = tableOf([fault, { ...fault, name: "sigterm" }], [kept, other]).split("\n");
  expect(rows[2]).toContain("on abc1234, **older code**, load 2;");
  expect(rows[3]).toContain("on def5678; 100 of 100");
});

test("what was never played on a client is said so", () => {
  expect(rowOf([kept])).toMatch(/\| not played \|$/);
});

test("a promise that was broken once stays in the table when it is kept later", () => {
  const row = rowOf([{ ...kept, commit: "old", breaches: ["missing 2: a, b"] }, kept]);
  expect(row).toContain("**BROKEN**: kept 1 of 2");
  expect(row).toContain("earlier, 2026-11-29 15:00 on old: missing 2: a, b");
});

test("it is told as kept once ten plays in a row have kept it, and the breach stays told", () => {
  const broken = { ...kept, commit: "old", breaches: ["missing 2: a, b"] };
  const nine = Array.from({ length: 9 }, () => kept);
  expect(rowOf([broken, ...nine])).toContain("**BROKEN**: kept 9 of 10");
  expect(rowOf([broken, ...nine, kept])).toContain("**kept** in the last 10, 10 of 11;");
  expect(rowOf([broken, ...nine, kept])).toContain("earlier, 2026-11-29 15:00 on old: missing 2: a, b");
});

test("how long a fault took is told for each client and for what went on beside it", () => {
  const play = (took: number | null, more: Partial<Play>): Play => ({ ...kept, busy: 0, after: null, took, ...more });
  const broken = ["what was sent before is decided within 25 s, not 30.0"];
  const plays = [
    kept,
    play(9, { load: 3 }),
    play(30, { load: 8, breaches: broken }),
    play(11, { after: "broker-hangs" }),
    play(12, { busy: 2 }),
    play(13, { after: "broker-restart" }),
    play(null, { client: "platformatic", breaches: ["not played to its end: x"] }),
    play(null, { fault: "sigterm" }),
  ];
  expect(timesTable(plays).split("\n").slice(2)).toEqual([
    "| `broker-hangs` | kafkajs | 2 busy processes | 1 of 1 | 12.0 | 12.0 | 2 to 2 | abc1234 |",
    "| `broker-hangs` | kafkajs | alone | 2 of 3 | 11.0 | 30.0 | 2 to 8 | abc1234 |",
    "| `broker-hangs` | kafkajs | alone, right after `broker-restart` | 1 of 1 | 13.0 | 13.0 | 2 to 2 | abc1234 |",
    "| `broker-hangs` | platformatic | alone | 0 of 1 | no end | no end | 2 to 2 | abc1234 |",
  ]);
});

test("plays are kept in a file from run to run, also those that had no end", () => {
  const file = join(mkdtempSync(join(tmpdir(), "cordon-plays-")), "plays.ndjson");
  expect(readPlays(file)).toEqual([]);
  notePlay(file, kept);
  notePlay(file, notPlayed(of, new Error("catching up took longer than 90 s: 5 sent\nand more")));
  expect(readPlays(file)).toEqual([
    kept,
    {
      ...of,
      took: null,
      notes: [],
      counts: null,
      breaches: ["not played to its end: catching up took longer than 90 s"],
    },
  ]);
});
