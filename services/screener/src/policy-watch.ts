import type { ConfiguredPolicy } from "@cordon/screening";

import type { ScreenerTelemetry } from "./telemetry.ts";

/** The policy that decides, and the one that should. */
export interface PolicyWatch {
  /** The newest good one. */
  readonly newest: ConfiguredPolicy;
  /** Resolves once the newest good policy has another version than the one given. Never rejects. */
  other(than: ConfiguredPolicy): Promise<void>;
  close(): void;
}

export interface PolicyWatchDeps {
  readonly configured: ConfiguredPolicy;
  readonly telemetry: Pick<ScreenerTelemetry, "policyRefused" | "policyFileGood">;
  readonly everyMs: number;
}

/**
 * Looks at the policy's file from time to time, by its content: a mounted file may be replaced without any sign but that. A file that
 * is bad, or gone, leaves the last good policy where it is, and is told once for each content.
 */
export function watchPolicy({ configured, telemetry, everyMs }: PolicyWatchDeps): PolicyWatch {
  const { source } = configured;
  let newest = configured;
  let waiting: (() => void)[] = [];
  /** What was read last; undefined before that, null for a file that cannot be read. */
  let seen: string | null | undefined;

  function look(): void {
    const read = source?.read();
    if (read === undefined || read.text === seen) return;
    seen = read.text;
    if (read.kind === "refused") {
      telemetry.policyRefused({ path: source?.path ?? "", faults: read.faults, inUse: newest.version });
      return;
    }
    telemetry.policyFileGood({ version: read.policy.version, rules: read.policy.rules.length });
    if (read.policy.version === newest.version) return;
    newest = read.policy;
    const told = waiting;
    waiting = [];
    for (const tell of told) tell();
  }

  const timer = source === null ? undefined : setInterval(look, everyMs);
  return {
    get newest() {
      return newest;
    },
    async other(than) {
      while (newest.version === than.version)
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
        });
    },
    close() {
      clearInterval(timer);
    },
  };
}
