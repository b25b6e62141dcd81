import { expect, test } from "vitest";

import { type AbortedTransaction, decodeRecords } from "../../src/platformatic/decode-records.ts";
import { recordBatch } from "../../src/record-batch.ts";

const transactional = 0b1_0000;
const control = 0b10_0000;

interface Written {
  readonly producer: bigint;
  readonly attributes: number;
  readonly key?: Buffer;
  readonly count?: number;
}

const wrote = (producer: bigint, count = 1): Written => ({ producer, attributes: transactional, count });
const plain: Written = { producer: -1n, attributes: 0 };
const marker = (producer: bigint, kind: "abort" | "commit"): Written => ({
  producer,
  attributes: transactional | control,
  key: Buffer.from([0, 0, 0, kind === "abort" ? 0 : 1]),
});

/** Offsets that a reader of committed records sees, and where it reads on. */
function seen(log: readonly Written[], aborted: readonly AbortedTransaction[], start = 0n): string {
  let offset = start;
  const bytes = log.map(({ producer, attributes, key = Buffer.from("k"), count = 1 }) => {
    const records = Array.from({ length: count }, () => ({ topic: "t", key, value: null }));
    const stamp = { id: producer, epoch: 0, sequence: 0 };
    const batch = recordBatch(records, 0, { attributes, stamp, pack: null });
    batch.writeBigInt64BE(offset, 0);
    offset += BigInt(count);
    return batch;
  });
  const { records, nextOffset } = decodeRecords(Buffer.concat(bytes), { from: start, aborted });
  expect(nextOffset).toBe(offset);
  return records.map((record) => String(record.offset)).join(" ");
}

const began = (producerId: bigint, firstOffset: bigint): AbortedTransaction => ({ producerId, firstOffset });

test("an aborted transaction is hidden, and what the same producer writes afterwards is not", () => {
  expect(seen([wrote(1n, 2), plain, marker(1n, "abort"), wrote(1n), marker(1n, "commit")], [began(1n, 0n)])).toBe(
    "2 4",
  );
});

test("several of one producer in one fetch are hidden, and the committed one between them is not", () => {
  const log = [
    wrote(1n),
    marker(1n, "abort"),
    wrote(1n),
    marker(1n, "commit"),
    wrote(1n),
    marker(1n, "abort"),
    wrote(1n),
  ];
  expect(seen(log, [began(1n, 0n), began(1n, 4n)])).toBe("2 6");
});

test("one whose marker lies beyond the fetch is hidden", () => {
  expect(seen([plain, wrote(1n), plain, wrote(1n)], [began(1n, 1n)])).toBe("0 2");
});

test("of overlapping ones that end in another order than they began each is hidden", () => {
  const log = [wrote(1n), wrote(2n), wrote(1n), marker(2n, "abort"), wrote(1n), marker(1n, "abort"), plain];
  expect(seen(log, [began(2n, 1n), began(1n, 0n)])).toBe("6");
});

test("one that began before the fetch is hidden from its first record on", () => {
  expect(seen([wrote(1n), wrote(3n), marker(1n, "abort")], [began(1n, 2n)], 10n)).toBe("11");
});

test("markers are never seen, and reading goes on behind them", () => {
  expect(seen([marker(1n, "commit"), marker(2n, "abort")], [])).toBe("");
});
