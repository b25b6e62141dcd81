import { expect, test } from "vitest";

import { changeNotice, changesBetween } from "../../../src/page/alert/changes.ts";
import { sampleAlerts } from "../../double/alerts.ts";

const [alert] = sampleAlerts(Date.parse("2026-10-12T14:00:00Z"));
if (alert === undefined) throw new Error("no sample");

test("what changed is said: the state, who has it, the proposal, the fields of the entry", () => {
  const proposal = { id: "p", decision: "REJECT", reasons: [], rationale: "", maker: "omar" } as const;
  expect(changesBetween(alert, { ...alert, state: "TAKEN", assignee: "omar" })).toEqual([
    "It is now taken.",
    "omar has it.",
  ]);
  expect(changesBetween(alert, { ...alert, state: "PROPOSED", proposal })).toEqual([
    "It is now to be checked.",
    "omar proposes to reject.",
  ]);
  const [entry] = alert.entries;
  if (entry === undefined) throw new Error("no entry");
  const amended = { ...entry, birthDates: ["1991"], measures: [] };
  expect(changesBetween(alert, { ...alert, entries: [amended], evidenceHash: "x" })).toEqual([
    `The entry ${entry.id} was amended: measures, birth dates.`,
  ]);
});

test("a change that cannot be named is said all the same, and none is no change", () => {
  expect(changesBetween(alert, { ...alert, evidenceHash: "x" })).toEqual(["The evidence was amended."]);
  expect(changesBetween(alert, { ...alert, version: 9 })).toEqual(["Somebody worked on it."]);
  expect(changesBetween(alert, alert)).toEqual([]);
});

test("what the service says of amended entries is told once", () => {
  const evidenceChanged = [{ designationId: "uk:XMP1", fields: ["birthDates", "names"] }];
  const after = { ...alert, evidenceChanged, evidenceHash: "x" };
  expect(changesBetween(alert, after)).toEqual(["The entry uk:XMP1 was amended: birth dates, names."]);
  expect(changesBetween(after, { ...after, version: 9 })).toEqual(["Somebody worked on it."]);
});

test("a held event that a rescreen did not free says that alone, and one that is held for another reason says so", () => {
  const held = { ...alert, holdReason: "INDEX_STALE" };
  const after = { ...held, timeline: [...held.timeline, { at: 9e12, action: "held still", actor: "cordon" }] };
  const changes = changesBetween(held, after);
  expect(changeNotice(changes, after)).toBe("It was screened again, and is held still.");
  expect(changesBetween(after, after)).toEqual([]);
  const other = { ...held, holdReason: "FIELD_MISSING", version: 2 };
  expect(changeNotice(changesBetween(held, other), other)).toBe(
    "This alert changed. It is held for another reason now.",
  );
});
