import { expect, test } from "vitest";

import { troubleIn } from "../../start/log-line.ts";

test("warnings and errors are shown with their code and message", () => {
  expect(troubleIn(JSON.stringify({ level: "warn", msg: "waiting", code: "KAFKA_UNAVAILABLE" }))).toBe(
    "waiting: KAFKA_UNAVAILABLE",
  );
  const error = { code: "INDEX_CORRUPT", message: "the hash differs" };
  expect(troubleIn(JSON.stringify({ level: "error", msg: "index refused", error }))).toBe(
    "index refused: INDEX_CORRUPT the hash differs",
  );
});

test("a line of trouble says which list, from where, and its code only once", () => {
  const error = { code: "LIST_MALFORMED", message: "a web page came instead of the list" };
  const failed = { level: "error", msg: "list failed, last good version kept", list: "uk", source: "/lists/uk.csv" };
  expect(troubleIn(JSON.stringify({ ...failed, code: "LIST_MALFORMED", error }))).toBe(
    "list failed, last good version kept (uk=/lists/uk.csv): LIST_MALFORMED a web page came instead of the list",
  );
});

test("a line of trouble says what is waited for, and how a topic differs", () => {
  const waiting = { level: "warn", msg: "waiting", for: "the first index", code: "INDEX_ABSENT" };
  expect(troubleIn(JSON.stringify(waiting))).toBe("waiting for the first index: INDEX_ABSENT");
  const differences = ["replication factor: 1, settings say 3"];
  const topic = { level: "warn", msg: "topic differs from the settings", topic: "payments.v1", differences };
  expect(troubleIn(JSON.stringify(topic))).toBe(
    "topic differs from the settings (payments.v1: replication factor: 1, settings say 3)",
  );
});

test("a line about publishing says which lists lack, or what ends it", () => {
  const withheld = { level: "warn", msg: "publishing withheld", missing: ["uk", "un"] };
  expect(troubleIn(JSON.stringify(withheld))).toBe("publishing withheld (never read: uk, un)");
  const pinned = { level: "warn", msg: "publishing withheld, the index is pinned", next: "run this" };
  expect(troubleIn(JSON.stringify(pinned))).toBe("publishing withheld, the index is pinned: run this");
});

test("what is no JSON is trouble, such as a crash of Node itself", () => {
  expect(troubleIn("FATAL ERROR: out of memory")).toBe("FATAL ERROR: out of memory");
  expect(troubleIn("null")).toBe("null");
  expect(troubleIn("")).toBeNull();
  expect(troubleIn("Killed")).toBeNull();
});

test("everything else is left to the log file", () => {
  const repaired = { level: "warn", msg: "kafkajs Connection: the group coordinator is not available" };
  expect(troubleIn(JSON.stringify(repaired))).toBeNull();
  expect(troubleIn(JSON.stringify({ level: "info", msg: "index swapped" }))).toBeNull();
});
