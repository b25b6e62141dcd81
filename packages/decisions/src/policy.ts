import { CordonError } from "@cordon/errors";
import {
  type CompiledSearchOptions,
  compileSearchOptions,
  type DesignationType,
  designationTypes,
} from "@cordon/matching";

import { shortHash } from "./hash.ts";

/** The settings that can change an outcome. */
export interface PolicySettings {
  /** Least score that is a hit, percent, an integer in [50, 100]. Default 85. */
  readonly threshold?: number;
  /** Whether a weak alias can raise a hit alone, or only confirm one that another name raised. Default `confirm`. */
  readonly weakAliases?: "confirm" | "raise";
  /**
   * What a hard conflict does: two complete birth dates that differ, an organisation for a person. `explain`: it is told
   * beside the match. `clear`: an event all of whose matches have one is CLEAR, and the decision says why. Default `explain`.
   */
  readonly hardConflicts?: "explain" | "clear";
  /** Whether matches that people judged to be somebody else are set aside while party and entry are unchanged. Default `off`. */
  readonly goodGuys?: "off" | "on";
  /** Hours since a list was last read and passed after which no event is cleared. Default 48. */
  readonly indexMaxAgeHours?: number;
  /**
   * Text fields of producers' schemas that ours lack and that may go unread, by path: `parties.alias`, `branchNote`. Any other holds
   * every event of its schema. Default none.
   */
  readonly ignoredFields?: readonly string[];
}

/**
 * With which types of designation a name is compared. A person's name is compared with organisations too, because
 * senders' types are often wrong; with ships and aircraft it is not, because many bear a person's name.
 */
export const comparisons = {
  person: ["PERSON", "ORGANISATION", "OTHER"],
  any: designationTypes,
} as const satisfies Readonly<Record<string, readonly DesignationType[]>>;

export type Comparison = keyof typeof comparisons;

/** Raised with each change to which fields are read, what holds an event or what counts as a hit: `test/golden` keeps the outcomes beside it. */
const rulesRevision = 6;

/**
 * An event with more fields than this, or more identifiers, is held as too broad, whatever they hold: work on one event is
 * bounded.
 */
const maxFields = 1000;

/**
 * The same for the work on all its texts together, in steps of the engine (`work-meter.ts`): one or two tenths of a second. Ten parties with
 * addresses and 9,000 characters of remittance information, as much as ISO 20022's rails carry, take less.
 */
const maxWork = 60_000_000;

/** Checked and frozen by `compilePolicy`; complete before the first record is read. */
export interface Policy {
  readonly threshold: number;
  readonly weakAliases: "confirm" | "raise";
  readonly hardConflicts: "explain" | "clear";
  readonly goodGuys: "off" | "on";
  readonly indexMaxAgeHours: number;
  readonly maxFields: number;
  readonly maxWork: number;
  readonly ignoredFields: readonly string[];
  /** Hash of all of the above and of the rules in this package: the `policyVersion` of decisions and alerts. */
  readonly version: string;
  /** What to hand to the engine for each kind of comparison; lines of free text are compared like `any`. */
  readonly search: Readonly<Record<Comparison, CompiledSearchOptions>>;
}

/** Throws OPTIONS_INVALID, naming the setting. */
export function compilePolicy(settings: PolicySettings = {}): Policy {
  const { threshold = 85, weakAliases = "confirm", hardConflicts = "explain", indexMaxAgeHours = 48 } = settings;
  const { goodGuys = "off" } = settings;
  const ignoredFields = [...new Set(settings.ignoredFields)].toSorted();
  if (hardConflicts !== "explain" && hardConflicts !== "clear")
    throw new CordonError("OPTIONS_INVALID", 'hardConflicts must be "explain" or "clear"');
  if (goodGuys !== "off" && goodGuys !== "on")
    throw new CordonError("OPTIONS_INVALID", 'goodGuys must be "off" or "on"');
  if (!(indexMaxAgeHours > 0 && indexMaxAgeHours < Infinity))
    throw new CordonError("OPTIONS_INVALID", "indexMaxAgeHours must be a positive number", {
      details: { indexMaxAgeHours },
    });
  const search = Object.freeze({
    person: compileSearchOptions({ threshold, weakAliases, types: comparisons.person }),
    any: compileSearchOptions({ threshold, weakAliases, types: comparisons.any }),
  });
  const outcomeSettings = {
    threshold,
    weakAliases,
    hardConflicts,
    indexMaxAgeHours,
    maxFields,
    maxWork,
    ignoredFields,
    // Without good guys a policy is what it was before there were any.
    ...(goodGuys === "on" ? { goodGuys } : {}),
  };
  return Object.freeze({ ...outcomeSettings, goodGuys, version: versionOf(outcomeSettings), search });
}

/** SHA-256 over the settings as JSON with sorted names, first 16 hexadecimal digits. */
function versionOf(settings: Readonly<Record<string, string | number | readonly string[]>>): string {
  const everything = { ...settings, comparisons, rulesRevision };
  const sorted = Object.entries(everything).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return shortHash(sorted, 16);
}
