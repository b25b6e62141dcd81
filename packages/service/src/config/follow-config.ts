import { statSync } from "node:fs";

import { CordonError } from "@cordon/errors";

import type { Logger } from "../log/logger.ts";
import { readConfig } from "./read-config.ts";
import type { ConfigOf, ConfigShape, Environment, Setting } from "./setting.ts";

/** A configuration whose secrets and certificates follow their files. */
export interface FollowedConfig<T> {
  /** As it was at the start. */
  readonly config: T;
  /**
   * As it is now: the files are read again when one of them is another than before. Ask for each new connection. While what
   * they hold is no good, or they do not go together yet, the last good one stays.
   */
  now(): T;
}

export interface FollowOptions {
  /** Told once for each state of the files. */
  readonly onRead?: () => void;
  readonly onFault?: (error: CordonError) => void;
}

/** Says in the log when files were read again, and why they could not be. */
export function followingOn(log: Logger): FollowOptions {
  return {
    onRead: () => {
      log.info("secrets and certificates were read again: their files have changed");
    },
    onFault: (error) => {
      log.warn("secrets and certificates have changed and cannot be used yet: those of before stay", { error });
    },
  };
}

/** Reads a configuration, see `readConfig`, and follows the files it names. Throws CONFIG_INVALID. */
export function followConfig<S extends ConfigShape>(
  shape: S,
  environment: Environment,
  { onRead, onFault }: FollowOptions = {},
): FollowedConfig<ConfigOf<S>> {
  const paths = filesOf(shape, environment);
  // Looked at before they are read: a change in between is then seen as one.
  let good = stampOf(paths);
  const config = readConfig(shape, environment);
  let last = config;
  let faulty = "";

  return {
    config,
    now() {
      const stamp = stampOf(paths);
      if (stamp === good || stamp === faulty) return last;
      try {
        last = readConfig(shape, environment);
        good = stamp;
        faulty = "";
        onRead?.();
      } catch (error) {
        if (!(error instanceof CordonError)) throw error;
        faulty = stamp;
        onFault?.(error);
      }
      return last;
    },
  };
}

function filesOf(shape: ConfigShape, environment: Environment): readonly string[] {
  return Object.values(shape).flatMap((part) =>
    part.kind === "group" ? filesOf(part.settings, environment) : fileOf(part, environment),
  );
}

function fileOf({ name, source }: Setting<unknown>, environment: Environment): readonly string[] {
  const path = source === "path" ? environment[name] : source === "secret" ? environment[`${name}_FILE`] : undefined;
  return path === undefined || path === "" ? [] : [path];
}

/** Another text for another state. A Secret of Kubernetes is a link that is turned: what it leads to counts. */
function stampOf(paths: readonly string[]): string {
  return paths.map(stateOf).join(" ");
}

/** Never throws: that a file cannot be looked at is a state as well, and reading it says why. */
function stateOf(path: string): string {
  try {
    const { ino, size, mtimeNs } = statSync(path, { bigint: true });
    return `${String(ino)}/${String(size)}/${String(mtimeNs)}`;
  } catch {
    return "absent";
  }
}
