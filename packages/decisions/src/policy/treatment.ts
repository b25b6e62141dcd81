import { askedBy, type Asked, holdsForEvent } from "./conditions.ts";
import type { EventFacts } from "./event-facts.ts";
import type { ConversionCode, EventSettings, PolicyRule } from "./rules.ts";
import { textTreatments, type TextTreatments, type UsualTexts } from "./text-treatment.ts";

/** How one event is screened, and what becomes of what is found. */
export interface Treatment {
  readonly hardConflicts: "explain" | "clear";
  readonly indexMaxAgeHours: number;
  readonly deadline: "hold" | "tell";
  /** Milliseconds after its creation by which an event must be decided; null for no such time. */
  readonly decideWithinMs: number | null;
  /** Problems of conversion that are only told. */
  readonly onlyTold: ReadonlySet<ConversionCode>;
  readonly texts: TextTreatments;
}

export interface UsualTreatment extends UsualTexts {
  readonly hardConflicts: "explain" | "clear";
  readonly indexMaxAgeHours: number;
}

/** Finds the treatment of an event by the rules of one policy. */
export interface Treatments {
  readonly asked: Asked;
  /** Of an event that no rule speaks of in particular. */
  readonly usual: Treatment;
  of(facts: EventFacts): Treatment;
}

/** More treatments than these are made anew each time: a stream meets few of them. */
const MOST_KEPT = 4096;

export function compileTreatments(usual: UsualTreatment, rules: readonly PolicyRule[]): Treatments {
  const textsFor = textTreatments({ threshold: usual.threshold, weakAliases: usual.weakAliases });
  const asked = askedBy(rules);
  const textsBy = new Map<string, TextTreatments>();
  const known = new Map<string, Treatment>();

  function make(holding: readonly number[]): Treatment {
    const chosen = holding.map((at) => rules[at]!);
    const ofTexts = holding.filter((at) => speaksOfTexts(rules[at]!));
    const key = ofTexts.join();
    let texts = textsBy.get(key);
    if (texts === undefined) textsBy.set(key, (texts = textsFor(ofTexts.map((at) => rules[at]!))));
    return Object.freeze({ ...eventTreatment(usual, chosen), texts });
  }

  function treatmentBy(holds: (rule: PolicyRule) => boolean): Treatment {
    const holding = [...rules.keys()].filter((at) => holds(rules[at]!));
    const key = holding.join();
    let treatment = known.get(key);
    if (treatment !== undefined) return treatment;
    treatment = make(holding);
    if (known.size < MOST_KEPT) known.set(key, treatment);
    return treatment;
  }

  const usually = treatmentBy(({ when }) => !asksOfEvent(when));
  return {
    asked,
    usual: usually,
    of: (facts) => (asked.anything ? treatmentBy(({ when }) => holdsForEvent(when, facts)) : usually),
  };
}

function asksOfEvent(when: PolicyRule["when"]): boolean {
  return Object.keys(when).some((name) => name !== "role" && name !== "kind");
}

const eventSettings: ReadonlySet<string> = new Set<keyof EventSettings>([
  "hardConflicts",
  "indexMaxAgeHours",
  "deadline",
  "decideWithinSeconds",
  "problems",
]);

function speaksOfTexts({ apply }: PolicyRule): boolean {
  return Object.keys(apply).some((setting) => !eventSettings.has(setting));
}

function eventTreatment(usual: UsualTreatment, rules: readonly PolicyRule[]): Omit<Treatment, "texts"> {
  let { hardConflicts, indexMaxAgeHours } = usual;
  let deadline: "hold" | "tell" = "hold";
  let decideWithinMs: number | null = null;
  const onlyTold = new Set<ConversionCode>();
  for (const { apply } of rules) {
    hardConflicts = apply.hardConflicts ?? hardConflicts;
    indexMaxAgeHours = apply.indexMaxAgeHours ?? indexMaxAgeHours;
    deadline = apply.deadline ?? deadline;
    if (apply.decideWithinSeconds !== undefined) decideWithinMs = apply.decideWithinSeconds * 1000;
    for (const [code, what] of Object.entries(apply.problems ?? {}) as [ConversionCode, "hold" | "tell"][])
      if (what === "tell") onlyTold.add(code);
      else onlyTold.delete(code);
  }
  return { hardConflicts, indexMaxAgeHours, deadline, decideWithinMs, onlyTold };
}
