import { createRequire } from "node:module";

import { describe, expect, test } from "vitest";

import type { AbortedTransaction } from "../src/aborted-transactions.ts";
import { decodeFetched, hideAborted } from "../src/kafkajs/fetched-records.ts";
import { decodeRecords } from "../src/platformatic/decode-records.ts";
import { recordBatch } from "../src/record-batch.ts";

const Decoder = createRequire(import.meta.url)("kafkajs/src/protocol/decoder.js") as new (
  bytes: Buffer,
) => Parameters<typeof decodeFetched>[0];

type Read = (bytes: Buffer, from: bigint, aborted: readonly AbortedTransaction[]) => readonly bigint[];

/** Offsets that either adapter hands out of a fetch. */
const adapters: Readonly<Record<"kafkajs" | "platformatic", Read>> = {
  kafkajs(bytes, _from, aborted) {
    const size = Buffer.alloc(4);
    size.writeInt32BE(bytes.length);
    const messages = decodeFetched(new Decoder(Buffer.concat([size, bytes])));
    const abortedTransactions = aborted.map(({ producerId, firstOffset }) => ({
      producerId: String(producerId),
      firstOffset: String(firstOffset),
    }));
    const partition = { messages, abortedTransactions };
    hideAborted(partition);
    // kafkajs would hide others by its own list.
    expect(partition.abortedTransactions).toEqual([]);
    return messages.filter(({ isControlRecord }) => !isControlRecord).map(({ offset }) => offset);
  },
  platformatic: (bytes, from, aborted) => decodeRecords(bytes, { from, aborted }).records.map(({ offset }) => offset),
};

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

function encoded(log: readonly Written[], start: bigint): Buffer {
  let offset = start;
  const batches = log.map(({ producer, attributes, key = Buffer.from("k"), count = 1 }) => {
    const records = Array.from({ length: count }, () => ({ topic: "t", key, value: null }));
    const stamp = { id: producer, epoch: 0, sequence: 0 };
    const batch = recordBatch(records, 0, { attributes, stamp, pack: null });
    batch.writeBigInt64BE(offset, 0);
    offset += BigInt(count);
    return batch;
  });
  return Buffer.concat(batches);
}

const began = (producerId: bigint, firstOffset: bigint): AbortedTransaction => ({ producerId, firstOffset });

describe.each(Object.entries(adapters))("of what %s hands out,", (_, read) => {
  const seen = (log: readonly Written[], aborted: readonly AbortedTransaction[], start = 0n): string =>
    read(encoded(log, start), start, aborted).join(" ");

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

  test("a record whose key looks like a marker ends no transaction", () => {
    const liar = { ...wrote(1n), key: Buffer.alloc(4) };
    expect(seen([liar, wrote(1n), marker(1n, "abort"), wrote(1n)], [began(1n, 0n)])).toBe("3");
  });

  test("markers are never seen", () => {
    expect(seen([marker(1n, "commit"), marker(2n, "abort")], [])).toBe("");
  });
});

test("reading goes on behind the markers", () => {
  const { records, nextOffset } = decodeRecords(encoded([marker(1n, "commit"), marker(2n, "abort")], 0n), {
    from: 0n,
    aborted: [],
  });
  expect([records, nextOffset]).toEqual([[], 2n]);
});
