import { type CompiledSearchOptions, compileSearchOptions, type Designation, type PlaceRule } from "@cordon/matching";

import type { TextKind } from "../text-kind.ts";
import { type Comparison, comparisons } from "./comparisons.ts";
import type { BearerField, BearerSettings, Choice, NameNeed, PolicyRule, TextSettings } from "./rules.ts";

/** How the texts of one role and kind are screened. */
export interface TextTreatment {
  /** Equal numbers of one policy stand for equal treatments. */
  readonly id: number;
  readonly screened: boolean;
  /** What to hand to the engine for each kind of comparison; lines of free text are compared like `any`. */
  readonly search: Readonly<Record<Comparison, CompiledSearchOptions>>;
  /** Whether an entry of a list counts here. Null: each does. */
  readonly counts: ((designation: Designation) => boolean) | null;
  readonly places: PlaceRule | "listed";
  readonly name: NameNeed;
  readonly required: readonly BearerField[];
}

/** How all texts of an event are treated. */
export interface TextTreatments {
  of(role: string, kind: TextKind): TextTreatment;
}

export interface UsualTexts {
  readonly threshold: number;
  readonly weakAliases: "confirm" | "raise";
}

type Settled = Required<Omit<TextSettings, "lists" | "regimes"> & BearerSettings> &
  Pick<TextSettings, "lists" | "regimes">;

/** Makes treatments of one policy: those that are equal are one. */
export function textTreatments(usual: UsualTexts): (rules: readonly PolicyRule[]) => TextTreatments {
  const made = new Map<string, TextTreatment>();
  const usually: Settled = {
    ...usual,
    screened: true,
    places: "listed",
    name: "required",
    required: [],
  };
  const treatmentOf = (settled: Settled): TextTreatment => {
    const key = JSON.stringify(Object.entries(settled).toSorted(([a], [b]) => (a < b ? -1 : 1)));
    let treatment = made.get(key);
    if (treatment === undefined) made.set(key, (treatment = compiled(settled, made.size)));
    return treatment;
  };
  return (rules) => {
    const ofAll = treatmentOf(usually);
    if (rules.length === 0) return { of: () => ofAll };
    const known = new Map<string, Map<TextKind, TextTreatment>>();
    return {
      of(role, kind) {
        let ofRole = known.get(role);
        if (ofRole === undefined) known.set(role, (ofRole = new Map<TextKind, TextTreatment>()));
        let treatment = ofRole.get(kind);
        if (treatment === undefined) ofRole.set(kind, (treatment = treatmentOf(settle(usually, rules, role, kind))));
        return treatment;
      },
    };
  };
}

function settle(usually: Settled, rules: readonly PolicyRule[], role: string, kind: TextKind): Settled {
  let settled = usually;
  for (const { when, apply } of rules) {
    if (when.role !== undefined && !when.role.some((one) => one === role)) continue;
    if (when.kind !== undefined && !when.kind.includes(kind)) continue;
    const { screened, threshold, lists, regimes, weakAliases, places, name, required } = apply;
    settled = {
      screened: screened ?? settled.screened,
      threshold: threshold ?? settled.threshold,
      ...orElse("lists", lists ?? settled.lists),
      ...orElse("regimes", regimes ?? settled.regimes),
      weakAliases: weakAliases ?? settled.weakAliases,
      places: places ?? settled.places,
      name: name ?? settled.name,
      required: required ?? settled.required,
    };
  }
  return settled;
}

function orElse<K extends "lists" | "regimes">(key: K, choice: Choice | undefined): Partial<Record<K, Choice>> {
  return choice === undefined ? {} : ({ [key]: choice } as Record<K, Choice>);
}

function compiled({ threshold, weakAliases, lists, regimes, ...settled }: Settled, id: number): TextTreatment {
  return Object.freeze({
    id,
    screened: settled.screened,
    search: searchOptions({ threshold, weakAliases }),
    counts:
      lists === undefined && regimes === undefined
        ? null
        : ({ list, regime, regimeCode }: Designation) =>
            isChosen([list], lists) && isChosen(regimeCode === null ? [regime] : [regime, regimeCode], regimes),
    places: settled.places,
    name: settled.name,
    required: settled.required,
  });
}

export function searchOptions({
  threshold,
  weakAliases,
}: UsualTexts): Readonly<Record<Comparison, CompiledSearchOptions>> {
  return Object.freeze({
    person: compileSearchOptions({ threshold, weakAliases, types: comparisons.person }),
    any: compileSearchOptions({ threshold, weakAliases, types: comparisons.any }),
  });
}

/** Names and codes of regimes and lists are compared without regard to case. */
function isChosen(names: readonly string[], choice: Choice | undefined): boolean {
  if (choice === undefined) return true;
  const isIn = (chosen: readonly string[]): boolean =>
    names.some((name) => chosen.some((one) => one.toLowerCase() === name.toLowerCase()));
  return (choice.only === undefined || isIn(choice.only)) && (choice.except === undefined || !isIn(choice.except));
}
