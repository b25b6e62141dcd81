import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { isAlive } from "../is-alive.ts";
import { pause } from "../pause.ts";
import type { Finding } from "../service.ts";
import { StackError } from "../stack-error.ts";

export interface Installation {
  /** Names the folder, version included. */
  readonly name: string;
  /** Files without which it is not what was asked for. */
  readonly needs: readonly string[];
  /** Where installations are kept; the project's `.tools`. */
  readonly home?: string;
}

const tools = fileURLToPath(new URL("../../../../.tools", import.meta.url));

/** A list of what was there when it was complete, so that a damaged folder is noticed and fetched again. */
const inventoryFile = ".complete.json";

/**
 * The folder of an installation, fetched once: into a folder of its own that gets its name by one rename, so a fetch
 * that is cut off leaves nothing that looks whole. Of two processes at once, one waits for the other.
 */
export async function installed(
  { name, needs, home = tools }: Installation,
  fetch: (folder: string) => Promise<void>,
  finding: Finding,
): Promise<string> {
  const folder = join(home, name);
  if (isWhole(folder)) return folder;
  mkdirSync(home, { recursive: true });
  const unlock = await lock(join(home, `${name}.lock`), `${name}: another process is fetching it, waiting`, finding);
  try {
    if (isWhole(folder)) return folder;
    for (const left of readdirSync(home).filter((entry) => entry.startsWith(`${name}.fresh`)))
      rmSync(join(home, left), { recursive: true, force: true });
    const fresh = join(home, `${name}.fresh.${String(process.pid)}`);
    mkdirSync(fresh);
    await fetch(fresh);
    for (const file of needs)
      if (!existsSync(join(fresh, file))) throw new StackError(`${name}: what was fetched has no ${file}`);
    writeFileSync(join(fresh, inventoryFile), JSON.stringify(inventory(fresh)));
    rmSync(folder, { recursive: true, force: true });
    renameSync(fresh, folder);
    return folder;
  } finally {
    unlock();
  }
}

function inventory(folder: string): Readonly<Record<string, number>> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).toSorted();
  return Object.fromEntries(
    files
      .filter((file) => file !== inventoryFile)
      .map((file) => [file, statSync(join(folder, file))] as const)
      .filter(([, stat]) => stat.isFile())
      .map(([file, stat]) => [file, stat.size]),
  );
}

function isWhole(folder: string): boolean {
  try {
    const expected = JSON.parse(readFileSync(join(folder, inventoryFile), "utf8")) as Record<string, number>;
    return Object.entries(expected).every(([file, size]) => statSync(join(folder, file)).size === size);
  } catch {
    return false;
  }
}

/** A lock saves a second download; correctness does not rest on it, the rename has that. */
async function lock(file: string, waiting: string, { report, signal }: Finding): Promise<() => void> {
  for (let told = false; ;) {
    try {
      writeFileSync(file, String(process.pid), { flag: "wx" });
      return () => {
        rmSync(file, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    if (isAbandoned(file)) {
      rmSync(file, { force: true });
      continue;
    }
    if (!told) report(waiting);
    told = true;
    await pause(300, signal);
  }
}

/** Its owner is dead, or it has been there for longer than any fetch takes: then its process id is another's by now. */
function isAbandoned(file: string): boolean {
  try {
    const owner = Number(readFileSync(file, "utf8"));
    const age = Date.now() - statSync(file).mtimeMs;
    return (owner > 0 && !isAlive(owner)) || (owner === 0 && age > 5_000) || age > 30 * 60_000;
  } catch {
    return false;
  }
}
