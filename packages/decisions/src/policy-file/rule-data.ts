import type { PolicyRule } from "../policy/rules.ts";

/** A rule as the file has it, once the schema has passed it. */
export interface RuleData extends Omit<PolicyRule, "when" | "because"> {
  readonly because?: string;
  readonly when?: Omit<PolicyRule["when"], "amount"> & {
    readonly amount?: {
      readonly currency: string;
      readonly atLeast?: number | string;
      readonly below?: number | string;
    };
  };
}
