import { placeRules } from "@cordon/matching";

import { bearerFields, conversionCodes } from "../policy/rules.ts";
import { textKinds } from "../text-kind.ts";
import { kindOfText } from "../text-owner.ts";

/** Rails of payments, channels of remittances, roles of parties and of agents: complete by their types, see `known-words.ts`. */
export interface KnownWords {
  readonly rails: readonly string[];
  readonly channels: readonly string[];
  readonly partyRoles: readonly string[];
  readonly agentRoles: readonly string[];
}

/** Roles of texts that belong to nobody. */
export const textRoles: readonly string[] = [...new Set(Object.values(kindOfText).map(({ role }) => role))];

const hours = {
  type: "number",
  exclusiveMinimum: 0,
  maximum: 8760,
  description: "Hours since a list was last read and passed after which nothing is cleared.",
} as const;
const threshold = {
  type: "integer",
  minimum: 50,
  maximum: 100,
  description: "The least score that is a hit, a whole percent.",
} as const;
const weakAliases = {
  enum: ["confirm", "raise"],
  description: "Whether a weak alias only confirms a hit that another name raised, or raises one alone.",
} as const;
const hardConflicts = {
  enum: ["explain", "clear"],
  description:
    "Whether a hard conflict (two complete birth dates that differ, an organisation for a person) is told beside a hit, or clears it.",
} as const;
const holdOrTell = { enum: ["hold", "tell"] } as const;

const several = (items: object, description: string) => ({
  type: "array",
  items,
  minItems: 1,
  maxItems: 500,
  uniqueItems: true,
  description,
});
const country = { type: "string", pattern: "^([A-Z]{2}|unknown)$", title: "a country's code in capitals, or unknown" };
const amount = { type: ["number", "string"], description: "A plain decimal number." } as const;
const words = (description: string) => several({ type: "string", minLength: 1, maxLength: 200 }, description);
const choice = (what: string) => ({
  type: "object",
  additionalProperties: false,
  minProperties: 1,
  properties: { only: words(`Only these ${what}.`), except: words(`All ${what} but these.`) },
});

/** The JSON schema of policy files, draft 2020-12. `readPolicyFile` checks by it; editors may, too. */
export function policySchema({ rails, channels, partyRoles, agentRoles }: KnownWords) {
  const roles = [...new Set([...partyRoles, ...agentRoles, ...textRoles])];
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: "urn:cordon:policy:1",
    title: "A policy of Cordon",
    description:
      "What is screened and how, by rail, channel, corridor, amount, role and kind. docs/policy.md explains it.",
    type: "object",
    additionalProperties: false,
    required: ["version"],
    properties: {
      version: { const: 1, description: "The version of this format." },
      name: { type: "string", maxLength: 200, description: "For people." },
      description: { type: "string", maxLength: 4000, description: "For people." },
      defaults: {
        type: "object",
        additionalProperties: false,
        description: "What holds where no rule says something else. What is left out is what the environment says.",
        properties: {
          threshold,
          weakAliases,
          hardConflicts,
          indexMaxAgeHours: hours,
          goodGuys: {
            enum: ["off", "on"],
            description: "Whether matches that people judged to be somebody else are set aside.",
          },
          ignoredFields: several(
            {
              type: "string",
              pattern: "^[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)*$",
              title: "the path of a field such as parties.alias",
            },
            "Text fields of producers' schemas that Cordon's lack and that need not be screened.",
          ),
        },
      },
      rules: {
        type: "array",
        maxItems: 500,
        description: "In order: of the rules that hold, the last one that says something of a setting decides it.",
        items: {
          type: "object",
          additionalProperties: false,
          required: ["name", "apply"],
          properties: {
            name: { type: "string", minLength: 1, maxLength: 200, description: "No two rules have one name." },
            because: {
              type: "string",
              minLength: 1,
              maxLength: 2000,
              description: "Why. Needed where something is left out.",
            },
            when: {
              type: "object",
              additionalProperties: false,
              minProperties: 1,
              description: "All of it must hold. Left out: always.",
              properties: {
                event: { enum: ["payment", "remittance"] },
                rail: several({ enum: rails }, "Rails of payments."),
                channel: several({ enum: channels }, "Channels of remittances."),
                from: several(country, "Every country that the event tells of the side that pays is one of these."),
                to: several(country, "Every country that the event tells of the side that is paid is one of these."),
                fromAny: several(country, "One of the countries that it tells of the side that pays is."),
                toAny: several(country, "One of the countries that it tells of the side that is paid is."),
                amount: {
                  type: "object",
                  additionalProperties: false,
                  required: ["currency"],
                  minProperties: 2,
                  properties: {
                    currency: { type: "string", pattern: "^[A-Z]{3}$", title: "a currency's code of three capitals" },
                    atLeast: amount,
                    below: amount,
                  },
                },
                role: several({ enum: roles }, "Whose text it is, or what it is for."),
                kind: several({ enum: textKinds }, "What the text is meant to hold."),
              },
            },
            apply: {
              type: "object",
              additionalProperties: false,
              minProperties: 1,
              properties: {
                screened: { type: "boolean", description: "Whether the text is screened at all." },
                threshold,
                weakAliases,
                lists: choice("lists"),
                regimes: choice("regimes, by name or code"),
                places: {
                  enum: [...placeRules, "listed"],
                  description: "What a listed place does; listed: what its entry says.",
                },
                name: {
                  enum: ["required", "code", "optional"],
                  description:
                    "Of a party or an agent: whether a name must be there, a BIC, LEI or clearing number is enough, or nothing is needed.",
                },
                required: {
                  type: "array",
                  items: { enum: bearerFields },
                  uniqueItems: true,
                  description: "What a party or an agent must tell beside its name.",
                },
                hardConflicts,
                indexMaxAgeHours: hours,
                deadline: {
                  ...holdOrTell,
                  description: "Whether an event that is decided too late is held, or that is only told.",
                },
                decideWithinSeconds: {
                  type: "number",
                  exclusiveMinimum: 0,
                  maximum: 604_800,
                  description: "Seconds after its creation by which an event must be decided.",
                },
                problems: {
                  type: "object",
                  additionalProperties: false,
                  minProperties: 1,
                  description: "What a problem of the message that the event was made from does.",
                  properties: Object.fromEntries(conversionCodes.map((code) => [code, holdOrTell])),
                },
              },
            },
          },
        },
      },
    },
  } as const;
}
