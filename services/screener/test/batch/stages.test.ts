import { afterEach, expect, test, vi } from "vitest";

import { screenBatch, type ScreenBatchDeps } from "../../src/batch/screen-batch.ts";
import { batchContext, createBench, paymentBatch } from "../support/bench.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

test("each stage is told its own time, and of the processor none that others took while the batch waited", async () => {
  const bench = await createBench();
  let elapsed = 0;
  let cpu = 0;
  vi.spyOn(performance, "now").mockImplementation(() => elapsed);
  vi.spyOn(process, "threadCpuUsage").mockImplementation(() => ({ user: cpu * 900, system: cpu * 100 }));
  const work = (milliseconds: number): void => {
    elapsed += milliseconds;
    cpu += milliseconds;
  };
  /** What the thread does for another batch before it comes back to this one. */
  const others = async (milliseconds: number): Promise<void> => {
    await Promise.resolve();
    work(milliseconds);
  };

  const { readers, fastPathOf, format, delivery } = bench.deps;
  const { encoder } = format.decisions;
  const deps: ScreenBatchDeps = {
    ...bench.deps,
    pace: { everyRecords: 3 },
    readers: {
      forBatch: async (batch, patience) => {
        work(1);
        const read = await readers.forBatch(batch, patience);
        await others(10_000);
        return read;
      },
    },
    fastPathOf: (screening) => {
      const fastPath = fastPathOf(screening);
      return {
        tryClear: (record) => {
          work(10);
          return fastPath.tryClear(record);
        },
      };
    },
    format: {
      ...format,
      decisions: {
        ...format.decisions,
        encoder: {
          encode: (decision, schemaId) => {
            work(100);
            return encoder.encode(decision, schemaId);
          },
        },
      },
    },
    delivery: {
      ...delivery,
      deliver: async () => {
        work(1000);
        await others(20_000);
      },
    },
  };
  const context = { ...batchContext(), heartbeat: async () => others(30_000) };
  const held = Array.from({ length: 4 }, (_, at) => ({ id: `e${String(at)}`, names: [] }));
  await screenBatch(paymentBatch(bench, held), context, deps);

  const [told] = bench.told.of("batchScreened");
  expect(told?.cpu).toEqual({ decode: 1, screen: 40, encode: 400, publish: 1000 });
  expect(told?.stages).toEqual({ decode: 10_001, screen: 30_040, encode: 30_400, publish: 21_000 });
});
