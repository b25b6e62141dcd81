import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";

import { isAlive } from "../is-alive.ts";

/** Names this machine and the owning process, so that a later start can tell a folder that nobody owns any more. */
const prefix = `cordon-stack-${hostname().replaceAll(/[^A-Za-z0-9.]/g, "_")}-`;

export interface ScratchFolder {
  /** A fresh folder inside the one folder of this stack. */
  newFolder(name: string): string;
  remove(): void;
}

/** One folder under the system's temporary folder for everything a stack writes. */
export function makeScratchFolder(): ScratchFolder {
  sweep();
  // Made with the first service in it: what has a service in it is removed by a supervisor, whatever becomes of us.
  const root = join(tmpdir(), `${prefix}${String(process.pid)}-${randomUUID().slice(0, 8)}`);
  return {
    newFolder: (name) => {
      // The supervisor of an earlier service removes the root when it leaves it empty.
      mkdirSync(root, { recursive: true, mode: 0o700 });
      return mkdtempSync(join(root, `${name}-`));
    },
    remove: () => {
      rmSync(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Removes folders whose owner died before it could put a service, and with it the supervisor, into them. */
function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(prefix)) continue;
    const owner = Number(name.slice(prefix.length).split("-")[0]);
    if (Number.isSafeInteger(owner) && owner > 0 && !isAlive(owner))
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}
