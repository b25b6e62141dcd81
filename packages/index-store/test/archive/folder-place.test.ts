import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createFolderPlace } from "@cordon/index-store";
import { expect, test } from "vitest";

import { archiveConformance } from "./archive.conformance.ts";

archiveConformance("in a folder", () => {
  const folder = mkdtempSync(join(tmpdir(), "cordon-archive-"));
  return {
    place: createFolderPlace(join(folder, "made", "when needed")),
    dispose: async () => {
      rmSync(folder, { recursive: true, force: true });
      await Promise.resolve();
    },
  };
});

test("a folder that cannot be one is told as a place that gives no answer", async () => {
  const folder = mkdtempSync(join(tmpdir(), "cordon-archive-"));
  writeFileSync(join(folder, "file"), "");
  chmodSync(folder, 0o755);
  const place = createFolderPlace(join(folder, "file", "below"));
  await expect(place.write("a", new Uint8Array(1))).rejects.toMatchObject({ code: "ARCHIVE_UNAVAILABLE" });
  expect(readdirSync(folder)).toEqual(["file"]);
  rmSync(folder, { recursive: true });
});
