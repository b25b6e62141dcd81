import { setTimeout as sleep } from "node:timers/promises";

import type { OffsetRange, Reader } from "../port.ts";
import { cursorsOf, partitionName } from "../range-cursor.ts";
import type { MemoryLog } from "./memory-log.ts";

export interface MemoryReaderDeps {
  readonly log: Pick<MemoryLog, "partitionsOf" | "firstKept">;
  readonly maxBatchRecords: number;
}

export function createMemoryReader({ log, maxBatchRecords }: MemoryReaderDeps): Reader {
  const extentOf = (topic: string, since?: number): readonly OffsetRange[] =>
    log.partitionsOf(topic).map((records, partition) => {
      const kept = log.firstKept({ topic, partition });
      const stamped = records.findIndex(({ timestamp }) => since === undefined || timestamp >= since);
      const start = BigInt(stamped < 0 ? records.length : stamped);
      return { topic, partition, from: start > kept ? start : kept, to: BigInt(records.length) };
    });
  return {
    extent: async (topic, since) => Promise.resolve(extentOf(topic, since)),
    async read(ranges, onRecords) {
      const places = new Map(
        ranges.map(({ topic, partition }) => [partitionName({ topic, partition }), { topic, partition }]),
      );
      for (const [name, cursor] of cursorsOf(ranges)) {
        const place = places.get(name);
        if (place === undefined) continue;
        const kept = log.firstKept(place);
        const all = log.partitionsOf(place.topic)[place.partition] ?? [];
        const wanted = all.filter(({ offset }) => offset >= kept && cursor.wants(offset));
        for (let from = 0; from < wanted.length; from += maxBatchRecords)
          await onRecords({ ...place, records: wanted.slice(from, from + maxBatchRecords) });
      }
    },
    async follow({ positions, onRecords, signal }) {
      const next = new Map(positions.map(({ offset, ...place }) => [place, offset] as const));
      while (!signal.aborted) {
        for (const [place, offset] of next) {
          const { topic, partition } = place;
          const all = log.partitionsOf(topic)[partition] ?? [];
          const kept = log.firstKept(place);
          const from = offset > kept ? offset : kept;
          const records = all.slice(Number(from), Number(from) + maxBatchRecords);
          const last = records.at(-1);
          if (last === undefined) continue;
          next.set(place, last.offset + 1n);
          await onRecords({ ...place, records, nextOffset: last.offset + 1n });
        }
        await onceAppended(signal);
      }
    },
    close: async () => Promise.resolve(),
  };
}

/** The double is asked again and again: a test is short. */
async function onceAppended(signal: AbortSignal): Promise<void> {
  await sleep(2, undefined, { signal }).catch(() => undefined);
}
