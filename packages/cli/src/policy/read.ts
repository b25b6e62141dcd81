import { readFile } from "node:fs/promises";

import { type Policy, type PolicyFileRead, readPolicyFile } from "@cordon/decisions";
import { policyConfig } from "@cordon/screening";
import { readConfig } from "@cordon/service";

import type { Terminal } from "../terminal.ts";
import { blaming, UsageError } from "../usage-error.ts";

/** The policy that the environment tells. Throws CONFIG_INVALID. */
export function policyOfEnvironment({ env }: Pick<Terminal, "env">): Policy {
  return readConfig({ policy: policyConfig }, env).policy;
}

/** What stands in a file, over what the environment says beside POLICY_FILE. Throws UsageError where it cannot be read. */
export async function readPolicyAt(file: string, { env }: Pick<Terminal, "env">): Promise<PolicyFileRead> {
  const { POLICY_FILE: _, ...others } = env;
  const { threshold, weakAliases, hardConflicts, indexMaxAgeHours, goodGuys, ignoredFields } = policyOfEnvironment({
    env: others,
  });
  const base = { threshold, weakAliases, hardConflicts, indexMaxAgeHours, goodGuys, ignoredFields };
  return await blaming(file, async () => readPolicyFile(await textOf(file), base));
}

async function textOf(file: string): Promise<string> {
  const bytes = await readFile(file);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new UsageError("it is not UTF-8 text", { cause: error });
  }
}
