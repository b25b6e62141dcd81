import { readFile } from "node:fs/promises";

import { openSnapshot, type ScreeningIndex, selfCheck } from "@cordon/matching";

import { blaming, reasonOf, UsageError } from "./usage-error.ts";

/** An index of "cordon compile", looked over. Throws UsageError. */
export async function openIndex(path: string): Promise<ScreeningIndex> {
  return await blaming(`--index ${path}`, async () => {
    const bytes = await readFile(path);
    try {
      const index = openSnapshot(bytes);
      selfCheck(index);
      return index;
    } catch (error) {
      throw new UsageError(`${reasonOf(error)}; "cordon compile" writes a new one`, { cause: error });
    }
  });
}
