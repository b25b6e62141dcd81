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
    text: "waiting (KAFKA_UNAVAILABLE)",
  });
  const error = { code: "INDEX_CORRUPT", message: "the hash differs" };
  expect(readLogLine(JSON.stringify({ level: "error", msg: "index refused", error }))).toEqual({
    kind: "trouble",
    text: "index refused: INDEX_CORRUPT the hash differs",
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
