import type { Designation, DesignationType } from "../designation.ts";
import { compareBirthDates } from "./birth-dates.ts";

/** What an event says of the bearer of a name beside the name. */
export interface BearerFacts {
  readonly type: "UNKNOWN" | "PERSON" | "ORGANISATION" | "VESSEL";
  /** ISO 8601, possibly partial. */
  readonly birthDate: string | null;
  /** ISO 3166-1 alpha-2, as is `countries`: of residence, of the address, of the bank's code. */
  readonly nationalities: readonly string[];
  readonly countries: readonly string[];
}

export const nothingKnown: BearerFacts = Object.freeze({
  type: "UNKNOWN",
  birthDate: null,
  nationalities: Object.freeze([]),
  countries: Object.freeze([]),
});

const evidenceAspects = ["birth-date", "nationality", "country", "type"] as const;
export type EvidenceAspect = (typeof evidenceAspects)[number];

/**
 * One thing that the event and the list say of the bearer beside the name. `absent`: one of them does not say it, which is
 * never held against a match. `hard`: a conflict that no missing or vague statement can explain.
 */
export interface Evidence {
  readonly aspect: EvidenceAspect;
  readonly verdict: "agree" | "conflict" | "absent";
  readonly hard: boolean;
  /** For the person who reads the alert. */
  readonly detail: string;
  /** What it is worth when matches are put in order, hundredths of a percent of score; it never changes a score. */
  readonly worth: number;
}

const worths = {
  completeBirthDate: 800,
  partialBirthDate: 400,
  hardConflict: -800,
  softConflict: -400,
  nationality: 200,
  country: 100,
} as const;

/** Compares everything that can be compared: always one entry for each aspect, in the order of `evidenceAspects`. */
export function weigh(facts: BearerFacts, designation: Designation): readonly Evidence[] {
  return [
    birthDateEvidence(facts, designation),
    nationalityEvidence(facts, designation),
    countryEvidence(facts, designation),
    typeEvidence(facts, designation),
  ];
}

function absent(aspect: EvidenceAspect, detail: string): Evidence {
  return { aspect, verdict: "absent", hard: false, detail, worth: 0 };
}

function birthDateEvidence({ birthDate }: BearerFacts, { birthDates }: Designation): Evidence {
  const aspect = "birth-date";
  const compared = compareBirthDates(birthDate, birthDates);
  const given = birthDate?.trim() ?? "";
  switch (compared.verdict) {
    case "agree": {
      const worth = compared.complete ? worths.completeBirthDate : worths.partialBirthDate;
      const detail = `born ${given}, listed as ${compared.listed}`;
      return { aspect, verdict: "agree", hard: false, detail, worth };
    }
    case "conflict": {
      const worth = compared.hard ? worths.hardConflict : worths.softConflict;
      const detail = `born ${given}, but listed as ${compared.listed}`;
      return { aspect, verdict: "conflict", hard: compared.hard, detail, worth };
    }
    case "absent":
      return absent(aspect, absences[compared.why]);
  }
}

const absences = {
  "not given": "the event says no birth date",
  "not listed": "the list says no birth date",
  "not readable": "a birth date that cannot be read",
} as const;

function nationalityEvidence({ nationalities }: BearerFacts, designation: Designation): Evidence {
  const aspect = "nationality";
  const given = codesOf(nationalities);
  const listed = designation.nationalities;
  if (given.length === 0) return absent(aspect, "the event says no nationality");
  if (listed.length === 0) return absent(aspect, "the list says no nationality");
  const common = given.filter((code) => listed.includes(code));
  if (common.length > 0)
    return {
      aspect,
      verdict: "agree",
      hard: false,
      detail: `both say ${common.join(", ")}`,
      worth: worths.nationality,
    };
  // A listed text that is no country's code may be the same country under another name.
  if (listed.some((code) => !isCode(code)))
    return absent(aspect, `${given.join(", ")}, listed as ${listed.join(", ")}, which is no country's code`);
  const detail = `${given.join(", ")}, but listed as ${listed.join(", ")}`;
  return { aspect, verdict: "conflict", hard: false, detail, worth: -worths.nationality };
}

/** Who lives in another country than that of a nationality is no other person; only addresses can conflict. */
function countryEvidence({ countries }: BearerFacts, { nationalities, addresses = [] }: Designation): Evidence {
  const aspect = "country";
  const given = codesOf(countries);
  const ofAddresses = [...new Set(addresses.flatMap(({ country }) => country ?? []))];
  const listed = [...new Set([...ofAddresses, ...nationalities])];
  if (given.length === 0) return absent(aspect, "the event says no country");
  if (listed.length === 0) return absent(aspect, "the list says no country");
  const common = given.filter((code) => listed.includes(code));
  if (common.length > 0)
    return { aspect, verdict: "agree", hard: false, detail: `both say ${common.join(", ")}`, worth: worths.country };
  const told = `${given.join(", ")}, but listed in ${listed.join(", ")}`;
  if (ofAddresses.length === 0 || !listed.every(isCode))
    return absent(aspect, `${told}, which need not be where it is`);
  return { aspect, verdict: "conflict", hard: false, detail: told, worth: -worths.country };
}

const typeWords: Readonly<Record<DesignationType, string>> = {
  PERSON: "a person",
  ORGANISATION: "an organisation",
  VESSEL: "a ship",
  AIRCRAFT: "an aircraft",
  OTHER: "an entry of no kind",
};

function typeEvidence({ type: given }: BearerFacts, { type: listed }: Designation): Evidence {
  const aspect = "type";
  if (given === "UNKNOWN") return absent(aspect, "the event does not say what the bearer is");
  if (listed === "OTHER") return absent(aspect, "the list does not say what the entry is");
  if (given === listed) return { aspect, verdict: "agree", hard: false, detail: `both ${typeWords[given]}`, worth: 0 };
  const hard = [given, listed].every((type) => type === "PERSON" || type === "ORGANISATION");
  const detail = `${typeWords[given]}, but listed as ${typeWords[listed]}`;
  return { aspect, verdict: "conflict", hard, detail, worth: worths.softConflict };
}

function isCode(text: string): boolean {
  return /^[A-Z]{2}$/.test(text);
}

function codesOf(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.map((text) => text.trim().toUpperCase()).filter(isCode))];
}
