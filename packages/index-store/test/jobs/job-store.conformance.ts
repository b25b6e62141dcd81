import type { JobStore } from "@cordon/index-store";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

export interface JobBench {
  /** Stores that share one place. */
  open(): JobStore;
  /** Lets so much time pass. */
  pass(milliseconds: number): Promise<void>;
  dispose(): Promise<void>;
}

/** What every place for jobs promises. */
export function jobStoreConformance(name: string, openBench: () => JobBench): void {
  describe(`a job store ${name}`, () => {
    let bench: JobBench;
    let store: JobStore;
    beforeEach(() => {
      bench = openBench();
      store = bench.open();
    });
    afterEach(async () => {
      await bench.dispose();
    });

    test("gives a job to one holder at a time, and to the same one again", async () => {
      expect(await store.claim("a", "one", 10_000)).toBe(true);
      expect(await bench.open().claim("a", "two", 10_000)).toBe(false);
      expect(await store.claim("a", "one", 10_000)).toBe(true);
      expect(await store.claim("b", "two", 10_000)).toBe(true);
    });

    test("of many who ask at once gives it to one", async () => {
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, at) => bench.open().claim("a", String(at), 10_000)),
      );
      expect(answers.filter(Boolean)).toHaveLength(1);
    });

    test("gives it on once it was released, or its time has passed", async () => {
      await store.claim("a", "one", 10_000);
      await store.release("a", "two");
      expect(await store.claim("a", "two", 10_000)).toBe(false);
      await store.release("a", "one");
      expect(await store.claim("a", "two", 40)).toBe(true);
      await bench.pass(80);
      expect(await store.claim("a", "three", 10_000)).toBe(true);
    });

    test("keeps a job for its holder as long as it is renewed in time, and gives it to nobody by that", async () => {
      expect(await store.renew("a", "one", 10_000)).toBe(false);
      await store.claim("a", "one", 200);
      expect(await store.renew("a", "two", 10_000)).toBe(false);
      expect(await store.renew("a", "one", 10_000)).toBe(true);
      await bench.pass(300);
      expect(await store.claim("a", "two", 10_000)).toBe(false);
      expect(await store.renew("a", "one", 40)).toBe(true);
      await bench.pass(80);
      expect(await store.renew("a", "one", 10_000)).toBe(false);
      expect(await store.claim("a", "two", 10_000)).toBe(true);
    });

    test("keeps a text for the holder alone, and beyond its time", async () => {
      expect(await store.read("a")).toBeNull();
      expect(await store.save("a", "one", "x")).toBe(false);
      await store.claim("a", "one", 40);
      expect(await store.save("a", "one", "häß\n")).toBe(true);
      await bench.pass(80);
      expect(await store.save("a", "one", "late")).toBe(false);
      expect(await bench.open().read("a")).toBe("häß\n");
    });
  });
}
