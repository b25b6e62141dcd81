import { chmodSync, chownSync, cpSync } from "node:fs";
import { dirname, join } from "node:path";

import type { Finding } from "../service.ts";
import { StackError } from "../stack-error.ts";
import { onPath } from "./on-path.ts";
import { run } from "./run.ts";

/** How a program runs that refuses to be root. */
export interface Unprivileged {
  /** Words before the command. */
  readonly prefix: readonly string[];
  /** The programs' folder, where that user can reach it. */
  readonly binaries: string;
}

/** In every password file; initdb wants a user that has a name. */
const nobody = 65_534;

/**
 * Nothing to do for a user; root becomes nobody: within a namespace of its own, where files stay root's, or, where namespaces are
 * forbidden as in containers, for real. `folder` is what the program writes. Throws StackError where neither can be had.
 */
export async function unprivileged(binaries: string, folder: string, { env }: Finding): Promise<Unprivileged> {
  if (process.getuid?.() !== 0) return { prefix: [], binaries };
  const id = String(nobody);
  const unshare = onPath("unshare", env);
  if (unshare !== undefined) {
    const prefix = [unshare, "--user", `--map-user=${id}`, `--map-group=${id}`];
    if ((await run(unshare, [...prefix.slice(1), join(binaries, "postgres"), "--version"], { env })).code === 0)
      return { prefix, binaries };
  }
  const setpriv = onPath("setpriv", env);
  if (setpriv === undefined)
    throw new StackError(
      "postgres refuses to run as root, and neither unshare nor setpriv is here to make it another user: install util-linux, or set DESK_DATABASE_URL",
    );
  const prefix = [setpriv, `--reuid=${id}`, `--regid=${id}`, "--clear-groups"];
  // Others may pass through the stack's own folder, and see nothing of it but what they own.
  chmodSync(dirname(folder), 0o711);
  chmodSync(folder, 0o711);
  chownSync(folder, nobody, nobody);
  const reaches = (at: string): Promise<{ readonly code: number }> =>
    run(setpriv, [...prefix.slice(1), join(at, "postgres"), "--version"], { env });
  if ((await reaches(binaries)).code === 0) return { prefix, binaries };
  const copy = join(folder, "programs");
  cpSync(dirname(binaries), copy, { recursive: true, verbatimSymlinks: true });
  const copied = join(copy, "bin");
  if ((await reaches(copied)).code !== 0) throw new StackError("postgres does not run as user nobody on this machine");
  return { prefix, binaries: copied };
}
