import { commaSeparated, decimal, group, integer, oneOf, optional, text } from "@cordon/service";

import { type ConfiguredPolicy, policySource, withoutFile } from "./policy-source.ts";

/**
 * What can change an outcome; its hash stands in every decision. One reading of the settings for all who decide, so that
 * the same environment gives the same policy version.
 */
export const policyConfig = group(
  {
    threshold: integer("SCREENING_THRESHOLD", {
      meaning: "The least score that is a hit, in percent.",
      default: "85",
      min: 50,
      max: 100,
    }),
    weakAliases: oneOf("WEAK_ALIASES", ["confirm", "raise"], {
      meaning: "Whether a weak alias only confirms a hit that another name raised, or raises one alone.",
      default: "confirm",
    }),
    hardConflicts: oneOf("HARD_CONFLICTS", ["explain", "clear"], {
      meaning:
        "Whether a hard conflict (two complete birth dates that differ, an organisation for a person) is told beside a hit, or clears it.",
      default: "explain",
    }),
    goodGuys: oneOf("GOOD_GUYS", ["off", "on"], {
      meaning:
        "Whether a match that people at the alert desk judged to be somebody else is set aside while neither party nor entry has changed: then the event may be CLEAR. Needs GOOD_GUYS_PUBLIC_KEY and PARTY_FINGERPRINT_KEY.",
      default: "off",
    }),
    indexMaxAgeHours: decimal("INDEX_MAX_AGE_HOURS", {
      meaning:
        "Every event that does not hit is held once a list was not read and found good for longer than this, in hours.",
      default: "48",
      min: 0.0001,
      max: 8760,
    }),
    file: optional(
      text("POLICY_FILE", {
        meaning:
          "The file of a policy (YAML): what is screened and how, by rail, channel, corridor, amount, role and kind. What it leaves out is what the settings beside it say. A changed file is taken without a restart; a bad one leaves the last good policy in use.",
      }),
    ),
    ignoredFields: optional(
      commaSeparated("UNREAD_FIELDS_IGNORED", {
        meaning:
          "Text fields of producers' schemas that Cordon's lack and that need not be screened, by path: `parties.alias,branchNote`. Any other such field holds every event of its schema (FIELD_UNREAD).",
        pattern: /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/,
        expected: "paths of fields such as parties.alias, with commas between them",
      }),
    ),
  },
  ({ ignoredFields, file, ...settings }, fault): ConfiguredPolicy => {
    const base = { ...settings, ignoredFields: ignoredFields ?? [] };
    if (file === null) return withoutFile(base);
    const read = policySource(file, base).read();
    if (read.kind === "policy") return read.policy;
    for (const one of read.faults) fault(`POLICY_FILE ${JSON.stringify(file)}: ${one}`);
    return withoutFile(base);
  },
);
