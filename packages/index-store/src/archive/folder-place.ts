import { randomUUID } from "node:crypto";
import { access, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { CordonError } from "@cordon/errors";

import type { ArchivePlace } from "./index-archive.ts";

/** Objects as files of a folder, which is made when the first one is written. */
export function createFolderPlace(folder: string): ArchivePlace {
  return {
    has: (name) =>
      attempt("looking for a version", async () => {
        try {
          await access(join(folder, name));
          return true;
        } catch (error) {
          if (isAbsent(error)) return false;
          throw error;
        }
      }),
    read: (name) =>
      attempt("reading a version", async () => {
        try {
          return await readFile(join(folder, name));
        } catch (error) {
          if (isAbsent(error)) return null;
          throw error;
        }
      }),
    write: (name, bytes) =>
      attempt("writing a version", async () => {
        await mkdir(folder, { recursive: true });
        const path = join(folder, `${name}.${randomUUID()}`);
        try {
          await writeFile(path, bytes, { flush: true });
          await rename(path, join(folder, name));
        } catch (error) {
          await rm(path, { force: true });
          throw error;
        }
      }),
  };
}

function isAbsent(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "ENOENT";
}

async function attempt<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? "unknown";
    throw new CordonError("ARCHIVE_UNAVAILABLE", `the folder of INDEX_ARCHIVE failed ${doing}: ${code}`, { cause });
  }
}
