import { readFileSync, statSync } from "node:fs";

import { CordonError } from "@cordon/errors";

export interface WatchedFiles<T> {
  /** What the files said when they were last good. */
  readonly current: T;
  close(): void;
}

export interface WatchOptions<T> {
  /** By the name of the variable that names it. */
  readonly paths: Readonly<Record<string, string>>;
  /** Throws CONFIG_INVALID for what it does not understand. */
  readonly read: (texts: Readonly<Record<string, string>>) => T;
  readonly onChange: (now: T) => void;
  /** They changed to something unreadable: what was last good stays. */
  readonly onFault: (error: unknown) => void;
  readonly everyMs?: number;
}

const maxFileBytes = 1024 * 1024;

/** Reads files at once, which throws CONFIG_INVALID, and again whenever one of them is another: secrets are replaced while we run. */
export function watchFiles<T>({ paths, read, onChange, onFault, everyMs = 2000 }: WatchOptions<T>): WatchedFiles<T> {
  let seen = stampOf(paths);
  let current = read(textsOf(paths));
  const look = (): void => {
    const now = stampOf(paths);
    if (now === seen) return;
    seen = now;
    try {
      current = read(textsOf(paths));
      onChange(current);
    } catch (error) {
      onFault(error);
    }
  };
  const timer = setInterval(look, everyMs).unref();
  return {
    get current() {
      return current;
    },
    close: () => {
      clearInterval(timer);
    },
  };
}

function textsOf(paths: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(paths).map(([variable, path]) => [variable, textOf(variable, path)]));
}

function textOf(variable: string, path: string): string {
  try {
    if (statSync(path).size <= maxFileBytes) return readFileSync(path, "utf8");
  } catch (cause) {
    throw new CordonError("CONFIG_INVALID", `${variable} names ${JSON.stringify(path)}, which cannot be read`, {
      cause,
    });
  }
  throw new CordonError("CONFIG_INVALID", `${variable} names a file of more than ${String(maxFileBytes)} bytes`);
}

/** Changes with every change of a file, also where it is replaced by a link to another, as mounted secrets are. */
function stampOf(paths: Readonly<Record<string, string>>): string {
  return Object.values(paths)
    .map((path) => {
      const about = statSync(path, { throwIfNoEntry: false, bigint: true });
      return about === undefined ? "absent" : `${String(about.ino)} ${String(about.size)} ${String(about.mtimeNs)}`;
    })
    .join();
}
