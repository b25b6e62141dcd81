import { listNames } from "@cordon/matching";

import type { RuleSettings } from "../policy/rules.ts";
import { knownWords } from "./known-words.ts";
import type { PolicyDocument, PolicyFault } from "./policy-document.ts";
import type { RuleData } from "./rule-data.ts";
import { textRoles } from "./schema.ts";

/** Settings of whole events: a rule of single texts cannot say them. */
const ofEvents = ["hardConflicts", "indexMaxAgeHours", "deadline", "decideWithinSeconds", "problems"] as const;

/** Settings of parties and agents: a rule of single kinds of text cannot. */
const ofBearers = ["name", "required"] as const;

/** Roles that need no name. */
const nameless: ReadonlySet<string> = new Set(["OTHER", "RELATED_PARTY"]);

/** What the schema cannot say of the rules. */
export function faultsOfRules(rules: ReadonlyMap<number, RuleData>, document: PolicyDocument): readonly PolicyFault[] {
  const faults: PolicyFault[] = [];
  const names = new Set<string>();
  for (const [at, rule] of rules) {
    if (names.has(rule.name)) faults.push(document.fault(["rules", at, "name"], "another rule has this name"));
    names.add(rule.name);
    faults.push(
      ...faultsOfConditions(rule, at, document),
      ...faultsOfSettings(rule, at, document),
      ...faultsOfLists(rule, at, document),
      ...faultsOfReason(rule, at, document),
    );
  }
  return faults;
}

function faultsOfConditions({ when = {} }: RuleData, at: number, document: PolicyDocument): readonly PolicyFault[] {
  const faults: PolicyFault[] = [];
  const path = ["rules", at, "when"] as const;
  const never = (key: string, why: string): void =>
    void faults.push(document.faultOfKey([...path, key], `the rule can never hold: ${why}`));
  if (when.rail !== undefined && (when.event === "remittance" || when.channel !== undefined))
    never("rail", "a remittance has no rail");
  if (when.channel !== undefined && when.event === "payment") never("channel", "a payment has no channel");
  for (const [every, some] of [
    ["from", "fromAny"],
    ["to", "toAny"],
  ] as const) {
    const [all, any] = [when[every], when[some]];
    if (all !== undefined && any !== undefined && !any.some((country) => all.includes(country)))
      never(some, `no country of it is in "${every}"`);
  }
  for (const bound of ["atLeast", "below"] as const) {
    if (when.amount?.[bound] === undefined) continue;
    const text = document.written([...path, "amount", bound]) ?? "";
    if (!/^-?\d{1,13}(\.\d{1,5})?$/.test(text))
      faults.push(document.fault([...path, "amount", bound], "must be a plain decimal number such as 1000 or 0.05"));
  }
  // A bound that is not there is no number, and never too high.
  if (Number(when.amount?.atLeast) >= Number(when.amount?.below)) never("amount", "atLeast is not less than below");
  return faults;
}

function faultsOfSettings(
  { when = {}, apply }: RuleData,
  at: number,
  document: PolicyDocument,
): readonly PolicyFault[] {
  const faults: PolicyFault[] = [];
  const wrong = (key: keyof RuleSettings, why: string): void =>
    void faults.push(document.faultOfKey(["rules", at, "apply", key], why));
  for (const key of ofEvents)
    if (apply[key] !== undefined && (when.role !== undefined || when.kind !== undefined))
      wrong(key, `"${key}" is of whole events: a rule with "role" or "kind" cannot say it`);
  for (const key of ofBearers) {
    if (apply[key] === undefined) continue;
    if (when.kind !== undefined)
      wrong(key, `"${key}" is of whole parties and agents: a rule with "kind" cannot say it`);
    const others = (when.role ?? []).filter((role) => textRoles.includes(role));
    if (others.length > 0) wrong(key, `"${key}" is of parties and agents: ${others.join(", ")} is none`);
  }
  return faults;
}

const knownLists: ReadonlySet<string> = new Set(listNames);

/** A list that is misspelt would be left out of "only", or left in by "except", and nobody told. */
function faultsOfLists(
  { apply: { lists = {} } }: RuleData,
  at: number,
  document: PolicyDocument,
): readonly PolicyFault[] {
  return (["only", "except"] as const).flatMap((which) =>
    [...(lists[which] ?? []).entries()]
      .filter(([, name]) => !knownLists.has(name.toLowerCase()))
      .map(([i]) =>
        document.fault(["rules", at, "apply", "lists", which, i], `must be one of ${listNames.join(", ")}`),
      ),
  );
}

/** What leaves out the name of somebody who is named must say why. */
function faultsOfReason(rule: RuleData, at: number, document: PolicyDocument): readonly PolicyFault[] {
  if (rule.because !== undefined || !speaksOfNames(rule)) return [];
  const leaves = leftOutBy(rule.apply);
  return leaves === null
    ? []
    : [document.faultOfKey(["rules", at, "apply", leaves], `leaves out names of a named role: say why in "because"`)];
}

function leftOutBy({ screened, lists, regimes, name }: RuleSettings): keyof RuleSettings | null {
  if (screened === false) return "screened";
  if (lists !== undefined) return "lists";
  if (regimes !== undefined) return "regimes";
  return name === "optional" ? "name" : null;
}

function speaksOfNames({ when: { role, kind } = {} }: RuleData): boolean {
  const named = [...knownWords.partyRoles, ...knownWords.agentRoles].filter((one) => !nameless.has(one));
  return (
    (kind === undefined || kind.includes("NAME")) && (role === undefined || role.some((one) => named.includes(one)))
  );
}
