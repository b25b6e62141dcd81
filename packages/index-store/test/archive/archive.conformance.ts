import { createHash, randomBytes } from "node:crypto";

import { type ArchivePlace, archiveVersions, createIndexArchive } from "@cordon/index-store";
import { createMemoryIndexBackend, createMemoryIndexStore } from "@cordon/index-store/testing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

/** What every place of an archive promises. */
export function archiveConformance(
  name: string,
  openBench: () => { readonly place: ArchivePlace; readonly dispose: () => Promise<void> },
): void {
  describe(`an archive of indexes ${name}`, () => {
    let bench: ReturnType<typeof openBench>;
    beforeEach(() => {
      bench = openBench();
    });
    afterEach(async () => {
      await bench.dispose();
    });

    const snapshot = randomBytes(300_000);
    const version = createHash("sha256").update(snapshot).digest("hex");

    test("gives back what it keeps, and null for what it does not", async () => {
      const archive = createIndexArchive(bench.place);
      expect(await archive.has(version)).toBe(false);
      expect(await archive.load(version)).toBeNull();
      await archive.keep(version, snapshot);
      expect(await archive.has(version)).toBe(true);
      expect(Buffer.from((await archive.load(version)) ?? []).equals(snapshot)).toBe(true);
      await archive.keep(version, snapshot);
    });

    test("refuses bytes that are not of the version, written or read", async () => {
      const archive = createIndexArchive(bench.place);
      await expect(archive.keep(version, randomBytes(9))).rejects.toMatchObject({ code: "INDEX_CORRUPT" });
      await archive.keep(version, snapshot);
      const other = createHash("sha256").update("other").digest("hex");
      const stored = (await bench.place.read(`${version}.index.gz`)) ?? new Uint8Array();
      await bench.place.write(`${other}.index.gz`, stored);
      await expect(archive.load(other)).rejects.toMatchObject({ code: "INDEX_CORRUPT" });
      await bench.place.write(`${version}.index.gz`, stored.subarray(0, 1000));
      await expect(archive.load(version)).rejects.toMatchObject({ code: "INDEX_CORRUPT" });
    });

    test("takes no name that is no version", async () => {
      const archive = createIndexArchive(bench.place);
      await expect(async () => archive.load("../../etc/passwd")).rejects.toMatchObject({ code: "OPTIONS_INVALID" });
    });

    test("takes over every version that a store keeps, once", async () => {
      const backend = createMemoryIndexBackend();
      const store = createMemoryIndexStore(backend);
      for (let generation = 0; generation < 3; generation++)
        await store.publish({
          snapshot: Buffer.from(`index ${String(generation)}`),
          engineVersion: "e",
          expectedGeneration: generation,
          lists: [],
          outbox: new Uint8Array(),
        });
      backend.snapshots.set(2, Buffer.from("damaged"));
      const damaged: string[] = [];
      const archive = createIndexArchive(bench.place);
      expect(await archiveVersions(store, archive, (one) => damaged.push(one))).toBe(2);
      expect(damaged).toHaveLength(1);
      expect(await archiveVersions(store, archive)).toBe(0);
    });
  });
}
