import { createHash } from "node:crypto";

import { describe, expect, test } from "vitest";

import type { SecuredBench } from "./bench.ts";

const current = "cordon:{idx}:current";

/** An index that is consistent in itself, and not list-sync's. */
export function forgedIndexCases(bench: () => SecuredBench): void {
  describe("an index that somebody else wrote into Redis", () => {
    test("is refused by a screener that runs, which keeps the last good one, and by one that starts", async () => {
      const { stack, start, pay, decisions } = bench();
      const first = start("screener");
      await first.logged("partitions assigned");
      const put = await forge(bench());
      const refused = await first.logged("index refused");
      expect(refused).toMatchObject({ code: "INDEX_UNTRUSTED" });
      const second = start("screener", { KAFKA_CLIENT: "platformatic" });
      expect(await second.logged("index refused")).toMatchObject({ code: "INDEX_UNTRUSTED" });
      const { url } = await second.logged("listening");
      const ready = await fetch(`${String(url)}/readyz`);
      expect([ready.status, await ready.text()]).toEqual([503, expect.stringContaining("INDEX_UNTRUSTED")]);
      await pay([["after-forgery", ["Amelia Whitcombe", "GORAN ASSAD JALAL"]]]);
      await expect
        .poll(() => decisions.find(({ eventId }) => eventId === "after-forgery")?.outcome, { timeout: 20_000 })
        .toBe("HIT");
      await put.back();
      await stack.redis.command("XADD", "cordon:{idx}:changes", "*", "generation", "1");
      await second.logged("partitions assigned");
      await Promise.all([first.stop(), second.stop()]);
    }, 60_000);

    test("is published over by list-sync, which takes nothing from it", async () => {
      const { start, stack } = bench();
      await forge(bench());
      const listSync = start("list-sync");
      await listSync.logged("live index not trusted, it is published over");
      await listSync.logged("index published");
      const manifest = JSON.parse(String(await stack.redis.command("HGET", current, "manifest"))) as {
        readonly signature?: string;
        readonly lists: readonly { readonly entries: number }[];
      };
      expect(manifest.signature).toMatch(/^ed25519:/);
      expect(manifest.lists[0]?.entries).toBeGreaterThan(1);
      await listSync.stop();
    }, 60_000);
  });
}

/** The live index with a byte less at its end, its hash, length and manifest put right, under the next generation. */
async function forge({ stack }: SecuredBench): Promise<{ back(): Promise<void> }> {
  const text = String(await stack.redis.command("HGET", current, "manifest"));
  const manifest = JSON.parse(text) as Readonly<Record<string, unknown>> & { readonly generation: number };
  const generation = manifest.generation + 1;
  const bytes = Buffer.from(`forged ${String(generation)}`);
  const forged = {
    ...manifest,
    generation,
    version: createHash("sha256").update(bytes).digest("hex"),
    bytes: bytes.length,
    chunks: 1,
    createdAt: Date.now(),
  };
  await stack.redis.command("SET", `cordon:{idx}:g${String(generation)}:c0`, bytes.toString());
  await stack.redis.command("HSET", current, "generation", String(generation), "manifest", JSON.stringify(forged));
  return {
    back: async () => {
      await stack.redis.command("HSET", current, "generation", String(manifest.generation), "manifest", text);
    },
  };
}
