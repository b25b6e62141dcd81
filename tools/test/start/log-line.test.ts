import { expect, test } from "vitest";

import { pidMark, readLogLine } from "../../start/log-line.ts";

test("the process id is read from the line before the service's own", () => {
  expect(readLogLine(`${pidMark} 4711`)).toEqual({ kind: "pid", pid: 4711 });
});

test("the address is read from the line that says listening", () => {
  const line = JSON.stringify({ level: "info", service: "screener", msg: "listening", url: "http://127.0.0.1:41" });
  expect(readLogLine(line)).toEqual({ kind: "listening", url: "http://127.0.0.1:41" });
});

test("warnings and errors are shown with their code and message", () => {
  expect(readLogLine(JSON.stringify({ level: "warn", msg: "waiting", code: "KAFKA_UNAVAILABLE" }))).toEqual({
    kind: "trouble",
    text: "waiting: KAFKA_UNAVAILABLE",
  });
  const error = { code: "INDEX_CORRUPT", message: "the hash differs" };
  expect(readLogLine(JSON.stringify({ level: "error", msg: "index refused", error }))).toEqual({
    kind: "trouble",
    text: "index refused: INDEX_CORRUPT the hash differs",
  });
});

test("a line of trouble says which list, from where, and its code only once", () => {
  const error = { code: "LIST_MALFORMED", message: "a web page came instead of the list" };
  const failed = { level: "error", msg: "list failed, last good version kept", list: "uk", source: "/lists/uk.csv" };
  expect(readLogLine(JSON.stringify({ ...failed, code: "LIST_MALFORMED", error }))).toEqual({
    kind: "trouble",
    text: "list failed, last good version kept (uk=/lists/uk.csv): LIST_MALFORMED a web page came instead of the list",
  });
});

test("a line of trouble says what is waited for, and how a topic differs", () => {
  const waiting = { level: "warn", msg: "waiting", for: "the first index", code: "INDEX_ABSENT" };
  expect(readLogLine(JSON.stringify(waiting))).toEqual({
    kind: "trouble",
    text: "waiting for the first index: INDEX_ABSENT",
  });
  const differences = ["replication factor: 1, settings say 3"];
  const topic = { level: "warn", msg: "topic differs from the settings", topic: "payments.v1", differences };
  expect(readLogLine(JSON.stringify(topic))).toEqual({
    kind: "trouble",
    text: "topic differs from the settings (payments.v1: replication factor: 1, settings say 3)",
  });
});

test("a line about publishing says which lists lack, or what ends it", () => {
  const withheld = { level: "warn", msg: "publishing withheld", missing: ["uk", "un"] };
  expect(readLogLine(JSON.stringify(withheld))).toEqual({
    kind: "trouble",
    text: "publishing withheld (never read: uk, un)",
  });
  const pinned = { level: "warn", msg: "publishing withheld, the index is pinned", next: "run this" };
  expect(readLogLine(JSON.stringify(pinned))).toEqual({
    kind: "trouble",
    text: "publishing withheld, the index is pinned: run this",
  });
});

test("what is no JSON is trouble, such as a crash of Node itself", () => {
  expect(readLogLine("FATAL ERROR: out of memory")).toEqual({ kind: "trouble", text: "FATAL ERROR: out of memory" });
  expect(readLogLine("null")).toEqual({ kind: "trouble", text: "null" });
  expect(readLogLine("")).toEqual({ kind: "other" });
  expect(readLogLine("Killed")).toEqual({ kind: "other" });
});

test("everything else is left to the log file", () => {
  const repaired = { level: "warn", msg: "kafkajs Connection: the group coordinator is not available" };
  expect(readLogLine(JSON.stringify(repaired))).toEqual({ kind: "other" });
  expect(readLogLine(JSON.stringify({ level: "info", msg: "index swapped" }))).toEqual({ kind: "other" });
});
