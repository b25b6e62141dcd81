import { execFile } from "node:child_process";

import type { Finding } from "../service.ts";

/** Runs a program that ends soon. Never rejects: `code` is not 0 where it failed or could not be started. */
export function run(
  command: string,
  args: readonly string[],
  { env, cwd }: { readonly env: Finding["env"]; readonly cwd?: string },
): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((resolve) => {
    execFile(command, args, { env, cwd, timeout: 60_000 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
      resolve({ code, output: `${stdout}${stderr}` });
    });
  });
}
