import { expect, test } from "vitest";

import { type AbortedTransaction, type DecodedRecord, hideAborted } from "../src/aborted-records.ts";

const record = (offset: number, producerId: string, change: Partial<DecodedRecord> = {}): DecodedRecord => ({
  offset: String(offset),
  key: Buffer.from("k"),
  batchContext: { producerId, inTransaction: producerId !== "-1" },
  ...change,
});

const marker = (offset: number, producerId: string, kind: "abort" | "commit"): DecodedRecord =>
  record(offset, producerId, { isControlRecord: true, key: Buffer.from([0, 0, 0, kind === "abort" ? 0 : 1]) });

/** Offsets that a consumer is given. */
function shown(messages: readonly DecodedRecord[], abortedTransactions: readonly AbortedTransaction[]): string {
  const partition = { messages, abortedTransactions };
  hideAborted(partition);
  expect(partition.abortedTransactions).toEqual(abortedTransactions.length === 0 ? abortedTransactions : []);
  expect(partition.messages).toHaveLength(messages.length);
  return messages
    .filter(({ isControlRecord }) => isControlRecord !== true)
    .map(({ offset }) => offset)
    .join(" ");
}

const began = (producerId: string, offset: number): AbortedTransaction => ({ producerId, firstOffset: String(offset) });

test("an aborted transaction is hidden, and what the same producer writes afterwards is not", () => {
  const log = [record(0, "a"), record(1, "-1"), marker(2, "a", "abort"), record(3, "a"), marker(4, "a", "commit")];
  expect(shown(log, [began("a", 0)])).toBe("1 3");
});

test("of overlapping ones that end in another order than they began each is hidden", () => {
  const log = [
    record(0, "a"),
    record(1, "b"),
    record(2, "a"),
    marker(3, "b", "abort"),
    record(4, "a"),
    marker(5, "a", "abort"),
  ];
  expect(shown(log, [began("b", 1), began("a", 0)])).toBe("");
});

test("several that began before what was fetched are hidden from its first record on", () => {
  const log = [record(10, "b"), record(11, "a"), record(12, "c"), marker(13, "a", "abort"), marker(14, "b", "abort")];
  expect(shown(log, [began("a", 2), began("b", 4)])).toBe("12");
});

test("a record whose key looks like a marker ends no transaction", () => {
  const log = [record(0, "a", { key: Buffer.alloc(4) }), record(1, "a"), marker(2, "a", "abort"), record(3, "a")];
  expect(shown(log, [began("a", 0)])).toBe("3");
});

test("an answer without aborted transactions is left as it is", () => {
  const log = [record(0, "a"), marker(1, "a", "commit"), record(2, "-1")];
  expect(shown(log, [])).toBe("0 2");
  hideAborted({ messages: log });
});
