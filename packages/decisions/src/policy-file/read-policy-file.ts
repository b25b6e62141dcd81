import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";

import { compilePolicy, type Policy, type PolicySettings } from "../policy.ts";
import type { AmountCondition, PolicyRule } from "../policy/rules.ts";
import { faultsOfRules } from "./check-rules.ts";
import { policyFileSchema } from "./known-words.ts";
import { type Path, type PolicyDocument, type PolicyFault, readPolicyDocument } from "./policy-document.ts";
import type { RuleData } from "./rule-data.ts";

export type PolicyFileRead =
  | { readonly kind: "policy"; readonly policy: Policy; readonly name: string | null }
  | { readonly kind: "faults"; readonly faults: readonly [PolicyFault, ...PolicyFault[]] };

/** A file that the schema has passed. */
interface PolicyFileData {
  readonly name?: string;
  readonly defaults?: Omit<PolicySettings, "rules">;
  readonly rules?: readonly RuleData[];
}

const validate = new Ajv2020({ allErrors: true, verbose: true, allowUnionTypes: true }).compile<PolicyFileData>(
  policyFileSchema,
);

/**
 * Reads a policy from the text of a file. What its `defaults` leave out is what `base` says. Answers every fault at once, each with its
 * place, or a whole policy: never a part of one. Pure.
 */
export function readPolicyFile(text: string, base: PolicySettings = {}): PolicyFileRead {
  const document = readPolicyDocument(text);
  if ("length" in document) return failed(document);
  const { data } = document;
  const isSound = validate(data);
  const errors = validate.errors ?? [];
  const faults = [...faultsOfSchema(errors, document), ...faultsOfRules(soundRules(data, errors), document)];
  if (!isSound || faults.length > 0) return failed(faults);
  const { name: title, defaults = {}, rules = [] } = data;
  const policy = compilePolicy({ ...base, ...defaults, rules: rules.map((rule, at) => ruleOf(rule, at, document)) });
  return { kind: "policy", policy, name: title ?? null };
}

/** The rules by which the schema finds no fault, each with its place: so that all faults of a file are told at once. */
function soundRules(data: unknown, errors: readonly ErrorObject[]): ReadonlyMap<number, RuleData> {
  const { rules } = data as { readonly rules?: unknown };
  if (!Array.isArray(rules)) return new Map();
  const faulty = new Set(errors.map(({ instancePath }) => /^\/rules\/(\d+)/.exec(instancePath)?.[1]));
  return new Map([...(rules as readonly RuleData[]).entries()].filter(([at]) => !faulty.has(String(at))));
}

function failed(faults: readonly PolicyFault[]): PolicyFileRead {
  const sorted = faults.toSorted((a, b) => a.line - b.line || a.column - b.column);
  return { kind: "faults", faults: sorted as [PolicyFault, ...PolicyFault[]] };
}

/** Amounts as they are written: no binary fraction stands for `0.1`. */
function ruleOf(rule: RuleData, at: number, document: PolicyDocument): PolicyRule {
  const {
    name,
    because = null,
    when = {},
    apply,
  } = rule as Omit<RuleData, "because"> & { readonly because?: string | null };
  const { amount, ...others } = when;
  const written = (bound: "atLeast" | "below"): Partial<AmountCondition> => {
    const text = document.written(["rules", at, "when", "amount", bound]);
    return text === null ? {} : { [bound]: text };
  };
  if (amount === undefined) return { name, because, when: others, apply };
  const { currency } = amount;
  return {
    name,
    because,
    when: { ...others, amount: { currency, ...written("atLeast"), ...written("below") } },
    apply,
  };
}

function faultsOfSchema(errors: readonly ErrorObject[], document: PolicyDocument): readonly PolicyFault[] {
  return errors.map((error) => {
    const path = pathOf(error.instancePath);
    const extra: unknown = error.params["additionalProperty"];
    if (typeof extra === "string") {
      const known = Object.keys((error.parentSchema?.["properties"] ?? {}) as object);
      return document.faultOfKey([...path, extra], `"${extra}" is not known here: ${known.join(", ")}`);
    }
    return document.fault(path, messageOf(error));
  });
}

function pathOf(pointer: string): Path {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part.replaceAll("~1", "/").replaceAll("~0", "~")));
}

/** In words for a person who has the file before them. */
function messageOf({ keyword, params, parentSchema, message = "is wrong" }: ErrorObject): string {
  switch (keyword) {
    case "enum":
      return `must be one of ${(params["allowedValues"] as readonly unknown[]).join(", ")}`;
    case "const":
      return `must be ${String(params["allowedValue"])}`;
    case "pattern":
      return `must be ${String(parentSchema?.["title"] ?? params["pattern"])}`;
    case "required":
      return `"${String(params["missingProperty"])}" is missing`;
    case "type":
      return `must be ${String(params["type"]).replaceAll(",", " or ")}`;
    case "minItems":
    case "minProperties":
      return "says nothing: leave it out, or name something";
    case "uniqueItems":
      return "names something twice";
    default:
      return message;
  }
}
