import { hostname } from "node:os";

import type { Policy, PolicySettings } from "@cordon/decisions";
import type { IndexArchive } from "@cordon/index-store";
import type { RescreenCustomersPorts } from "@cordon/looking-again";
import { openSnapshot, type ScreeningIndex, selfCheck } from "@cordon/matching";
import { policyConfig, policySource, topicPrefix } from "@cordon/screening";
import { kafkaConfig, type PatienceOptions, redisConfig, registryConfig, text as textSetting } from "@cordon/service";

import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

/** What of the screener's configuration decides outcomes and places: for commands that do again what screeners do. */
export const screenersConfig = {
  kafka: kafkaConfig,
  registry: registryConfig,
  redis: redisConfig,
  policy: policyConfig,
  groupId: textSetting("KAFKA_GROUP_ID", {
    meaning: "The consumer group of the screeners.",
    default: "cordon-screener",
  }),
  topicPrefix,
};

/** The settings that make this policy. */
export function settingsBehind(policy: Policy): PolicySettings {
  const { threshold, weakAliases, hardConflicts, goodGuys, indexMaxAgeHours, ignoredFields, rules } = policy;
  return { threshold, weakAliases, hardConflicts, goodGuys, indexMaxAgeHours, ignoredFields, rules };
}

/** The policy of a file; what it leaves out is as in `base`. Throws UsageError with all its faults. */
export function policyOf(path: string, base: Policy): Policy {
  const read = policySource(path, settingsBehind(base)).read();
  if (read.kind === "policy") return read.policy;
  throw new UsageError(`--policy ${path}: ${read.faults.join("; ")}`);
}

/** Throws SNAPSHOT_INVALID. */
export function openChecked(snapshot: Uint8Array): ScreeningIndex {
  const index = openSnapshot(snapshot);
  selfCheck(index);
  return index;
}

/** Ended from outside only: by whoever started the command. */
export function patienceOn({ stderr }: Terminal): PatienceOptions {
  return {
    signal: new AbortController().signal,
    onWait: ({ what, attempt, error }) => {
      if (attempt === 1) stderr.write(`cordon: waiting for ${what}: ${error.message}\n`);
    },
  };
}

/** This process, as others name it. */
export function thisProcess(): string {
  return `${hostname()}:${String(process.pid)}`;
}

/** Where versions are looked for that Redis keeps no more: nowhere without an archive. */
export function archivedIn(archive: IndexArchive | null): Pick<RescreenCustomersPorts, "archived"> {
  return archive === null ? {} : { archived: (version) => archive.load(version) };
}
