import { CordonError } from "@cordon/errors";
import type { CompiledSearchOptions } from "@cordon/matching";

import { shortHash } from "./hash.ts";
import { type Comparison, comparisons } from "./policy/comparisons.ts";
import type { Asked } from "./policy/conditions.ts";
import type { EventFacts } from "./policy/event-facts.ts";
import type { PolicyRule } from "./policy/rules.ts";
import { searchOptions } from "./policy/text-treatment.ts";
import { compileTreatments, type Treatment } from "./policy/treatment.ts";

export { type Comparison, comparisons } from "./policy/comparisons.ts";

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
  /** What holds for some events or texts only, in order; `readPolicyFile` checks them. Default none. */
  readonly rules?: readonly PolicyRule[];
}

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
  /** What holds where no rule says something else. */
  readonly threshold: number;
  readonly weakAliases: "confirm" | "raise";
  readonly hardConflicts: "explain" | "clear";
  readonly goodGuys: "off" | "on";
  readonly indexMaxAgeHours: number;
  readonly maxFields: number;
  readonly maxWork: number;
  readonly ignoredFields: readonly string[];
  readonly rules: readonly PolicyRule[];
  /** Hash of all of the above and of the rules in this package: the `policyVersion` of decisions and alerts. */
  readonly version: string;
  /** What to hand to the engine for each kind of comparison; lines of free text are compared like `any`. */
  readonly search: Readonly<Record<Comparison, CompiledSearchOptions>>;
  /** Which facts of events the rules ask for. */
  readonly asked: Asked;
  /** How an event is treated that no rule speaks of in particular. */
  readonly usual: Treatment;
  /** How the event of these facts is; they are asked for only if a rule needs them. */
  readonly treatmentOf: (facts: () => EventFacts) => Treatment;
}

/** Throws OPTIONS_INVALID, naming the setting. */
export function compilePolicy(settings: PolicySettings = {}): Policy {
  const { threshold = 85, weakAliases = "confirm", hardConflicts = "explain", indexMaxAgeHours = 48 } = settings;
  const { goodGuys = "off", rules = [] } = settings;
  const ignoredFields = [...new Set(settings.ignoredFields)].toSorted();
  if (hardConflicts !== "explain" && hardConflicts !== "clear")
    throw new CordonError("OPTIONS_INVALID", 'hardConflicts must be "explain" or "clear"');
  if (goodGuys !== "off" && goodGuys !== "on")
    throw new CordonError("OPTIONS_INVALID", 'goodGuys must be "off" or "on"');
  if (!(indexMaxAgeHours > 0 && indexMaxAgeHours < Infinity))
    throw new CordonError("OPTIONS_INVALID", "indexMaxAgeHours must be a positive number", {
      details: { indexMaxAgeHours },
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
  const search = searchOptions({ threshold, weakAliases });
  const treatments = compileTreatments({ threshold, weakAliases, hardConflicts, indexMaxAgeHours }, rules);
  const { asked, usual } = treatments;
  return Object.freeze({
    ...outcomeSettings,
    goodGuys,
    rules,
    version: versionOf(rules.length === 0 ? outcomeSettings : { ...outcomeSettings, rules: rules.map(meaningOf) }),
    search,
    asked,
    usual,
    treatmentOf: (facts: () => EventFacts) => (asked.anything ? treatments.of(facts()) : usual),
  });
}

/** The age of an index beyond which a policy clears nothing at all. */
export function longestIndexAgeHours({ indexMaxAgeHours, rules }: Policy): number {
  return Math.max(indexMaxAgeHours, ...rules.map(({ apply }) => apply.indexMaxAgeHours ?? 0));
}

/** What a rule does, whatever it is called and why it is there. */
function meaningOf({ when, apply }: PolicyRule): unknown {
  return [sorted(when), sorted(apply)];
}

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => [name, sorted(inner)]);
}

/** SHA-256 over the settings as JSON with sorted names, first 16 hexadecimal digits. */
function versionOf(settings: Readonly<Record<string, unknown>>): string {
  const everything = { ...settings, comparisons, rulesRevision };
  return shortHash(
    Object.entries(everything).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    16,
  );
}
