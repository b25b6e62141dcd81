import { describe, expect, test } from "vitest";

import { storeDangers } from "../src/survey.ts";

describe("the dangers of a Redis", () => {
  test.each([
    { maxMemory: 1000, evictionPolicy: "noeviction", linkDown: false, dangers: [] },
    { maxMemory: 1000, evictionPolicy: "allkeys-lru", linkDown: false, dangers: ["evicts_index"] },
    { maxMemory: 1000, evictionPolicy: "allkeys-random", linkDown: false, dangers: ["evicts_index"] },
    { maxMemory: 1000, evictionPolicy: "volatile-ttl", linkDown: false, dangers: ["evicts_uploads"] },
    { maxMemory: null, evictionPolicy: "allkeys-lfu", linkDown: false, dangers: ["evicts_index"] },
    { maxMemory: 0, evictionPolicy: "allkeys-lru", linkDown: false, dangers: [] },
    { maxMemory: null, evictionPolicy: null, linkDown: false, dangers: ["unknown"] },
    { maxMemory: 0, evictionPolicy: "noeviction", linkDown: true, dangers: ["cut_off"] },
  ] as const)("$evictionPolicy under $maxMemory bytes, link down $linkDown: $dangers", ({ dangers, ...told }) => {
    expect(storeDangers(told)).toEqual(dangers);
  });
});
