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
 * is bad, or gone, leaves the last good policy where it is, and is told once for each content. What two looks in a row find counts: the
 * beginning of a file that is being written may be a good policy, of fewer rules, or of a rule without its conditions.
 */
export function watchPolicy({ configured, telemetry, everyMs }: PolicyWatchDeps): PolicyWatch {
  const { source } = configured;
  let newest = configured;
  let waiting: (() => void)[] = [];
  /** What was found last, and what was read last; undefined before that, null for a file that cannot be read. */
  let found: string | null | undefined;
  let seen: string | null | undefined;

  function look(): void {
    const content = source?.look();
    if (content === undefined) return;
    const { text } = content;
    const isSettled = text === found;
    found = text;
    if (!isSettled || text === seen) return;
    seen = text;
    const read = content.read();
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
