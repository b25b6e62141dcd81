import { createRequire } from "node:module";

import fc from "fast-check";
import { expect, test } from "vitest";

import { murmur2, partitionOfKey } from "../src/murmur2.ts";

const kafkajsMurmur2 = createRequire(import.meta.url)("kafkajs/src/producer/partitioners/default/murmur2.js") as (
  key: Buffer,
) => number;

test("the fast hash equals that of kafkajs for every key", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), (key) => {
      expect(murmur2(key)).toBe(kafkajsMurmur2(Buffer.from(key)));
    }),
    { numRuns: 2_000 },
  );
});

test("a key's partition exists, whatever the key and the number of partitions", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.integer({ min: 1, max: 10_000 }), (key, partitions) => {
      const partition = partitionOfKey(key, partitions);
      expect(partition).toBeGreaterThanOrEqual(0);
      expect(partition).toBeLessThan(partitions);
    }),
  );
});
