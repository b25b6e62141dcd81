import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

import type { Finding } from "../service.ts";

/** The first executable file of that name in PATH. */
export function onPath(command: string, env: Finding["env"]): string | undefined {
  return (env["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, command))
    .find(isExecutable);
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
