import { describe, expect, test } from "vitest";

import { createSyncReader, type SyncReport } from "../../src/lists/sync-report.ts";

function read(...lines: readonly unknown[]): {
  readonly told: readonly (string | null)[];
  readonly report: SyncReport;
} {
  const reader = createSyncReader();
  const told = lines.map((line) => reader.take(typeof line === "string" ? line : JSON.stringify(line)));
  return { told, report: reader.report() };
}

describe("the log of one sync", () => {
  test("is told step by step", () => {
    const { told } = read(
      { msg: "starting", level: "info" },
      { msg: "list fetch retried", list: "eu", reason: "the server answered 500" },
      { msg: "waiting", for: "Redis" },
      { msg: "index compiled", names: 12 },
      { msg: "index confirmed", generation: 3, version: "c0ffee" },
      "Error: not of the log",
    );
    expect(told).toEqual([
      null,
      "eu: tried again, the server answered 500",
      "waiting for Redis",
      "compiled 12 names",
      "version 3 stays live",
      "Error: not of the log",
    ]);
  });

  test("of a rollback tells the version that is live now", () => {
    const { report } = read({ msg: "index rolled back", level: "warn", generation: 5, version: "c0ffee", from: 4 });
    expect(report).toMatchObject({ live: { generation: 5, version: "c0ffee", isNew: true }, troubles: [] });
  });

  test.each([
    [{ msg: "publishing withheld", level: "warn", missing: ["un", "eu"] }, "nothing is published: never read, un, eu"],
    [
      {
        msg: "publishing withheld, the index is pinned by a rollback",
        level: "warn",
        generation: 5,
        version: "c0ffee",
      },
      "a version that was rolled back to stays live: cordon lists sync --release takes the lists over",
    ],
    [
      {
        msg: "topic differs from the settings",
        level: "warn",
        topic: "sanctions.list-changes.v1",
        differences: ["replication factor: 1, settings say 3"],
      },
      "topic differs from the settings: sanctions.list-changes.v1, replication factor: 1, settings say 3",
    ],
    [{ msg: "publish failed", level: "error", error: { message: "no memory" } }, "publish failed: no memory"],
    [
      { msg: "failed", level: "error", error: { message: "LIST_UK has an unacceptable value" } },
      "LIST_UK has an unacceptable value",
    ],
  ])("keeps what went wrong: %j", (line, trouble) => {
    const { told, report } = read(line);
    expect(told).toEqual([trouble]);
    expect(report.troubles).toEqual([trouble]);
  });

  test("of a list that was never good has no entries", () => {
    const failed = { msg: "list failed", level: "error", list: "un", code: "LIST_UNREACHABLE", kept: null };
    expect(read({ ...failed, error: { message: "gone" } }).report.lists).toEqual([
      { list: "un", result: "refused", entries: null, code: "LIST_UNREACHABLE", why: "gone" },
    ]);
  });
});
