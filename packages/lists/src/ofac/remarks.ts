import type { ListedBirthDate, NameKind } from "@cordon/matching/listed";

import { cleanText } from "../format/clean-text.ts";
import type { EntryDetails } from "../publisher/entry-details.ts";
import type { EntryIdentifiers } from "../publisher/entry-identifiers.ts";
import type { Tally } from "../tally.ts";
import { ofacBirthDate } from "./birth-date.ts";
import { addNumber, ofacNumber } from "./number-labels.ts";

/** What the remarks of an entry say beside numbers and what is kept as a remark. */
export interface OfacRemarks {
  /** Names in single quotes: OFAC's weak a.k.a.s, which stand nowhere else. */
  readonly weakNames: readonly { readonly text: string; readonly kind: NameKind }[];
  readonly birthDates: readonly ListedBirthDate[];
  readonly nationalities: readonly string[];
}

const weakName = /^([afn])\.k\.a\. '(.*?)('?)\.?$/is;

/** Known parts of the remarks, by the words they begin with; what stands behind those is the remark. */
const remarkLabels: readonly (readonly [label: string, words: RegExp])[] = [
  ["Gender", /^gender /i],
  ["Linked to", /^linked to: ?/i],
  ["Additional sanctions information", /^additional sanctions information(?: -)? /i],
  ["Secondary sanctions risk", /^secondary sanctions risk: ?/i],
  ["Website", /^website /i],
  ["Country of registration", /^nationality of registration /i],
  ["Organisation", /^organization /i],
  ["Aircraft", /^aircraft /i],
  ["Former vessel type", /^former vessel type /i],
];

const kindOf: Readonly<Record<string, NameKind>> = { a: "ALIAS", f: "FORMER", n: "ALIAS" };

export interface RemarksReading {
  readonly unknown: Tally;
  readonly identifiers: EntryIdentifiers;
  readonly details: EntryDetails;
}

/**
 * Reads the remarks of an entry, joined with what went over into the comments: parts between semicolons, each with a
 * label before its value, `alt.` before a second value. Numbers go to `identifiers`; parts of no known label are kept
 * as remarks, and the numbers in them are looked for.
 */
export function readRemarks(text: string, { unknown, identifiers, details }: RemarksReading): OfacRemarks {
  const weakNames: OfacRemarks["weakNames"][number][] = [];
  const birthDates: ListedBirthDate[] = [];
  const nationalities: string[] = [];

  const readName = ([, letter = "", inside = "", closing]: RegExpExecArray): void => {
    if (closing === "") unknown.count("weak alias without a closing quote");
    weakNames.push({ text: inside.trim(), kind: kindOf[letter.toLowerCase()] ?? "ALIAS" });
  };
  const readBirthDate = (words: string): void => {
    const date = ofacBirthDate(words);
    if (date === null) unknown.count("birth date");
    else birthDates.push(date);
  };
  const readOther = (part: string): void => {
    const number = ofacNumber(part);
    const place = /^pob (.*)$/i.exec(part)?.[1];
    const flag = /^former vessel flag (.*)$/i.exec(part)?.[1];
    if (number !== null) addNumber(identifiers, number);
    else if (place !== undefined) details.addBirthPlace(place);
    else if (flag !== undefined) details.addVesselFact("FORMER_FLAG", flag);
    else {
      const [label, words] = remarkLabels.find(([, begin]) => begin.test(part)) ?? ["Remark", /^/];
      details.addProse(label, part.replace(words, ""), identifiers);
    }
  };

  for (const raw of cleanText(text).split(";")) {
    const whole = raw.trim();
    if (whole === "" || whole === ".") continue;
    const name = weakName.exec(whole);
    if (name !== null) {
      readName(name);
      continue;
    }
    const part = whole.replace(/\.$/, "").replace(/^alt\. /i, "");
    const birth = /^dob (.*)$/i.exec(part)?.[1];
    const country = /^(?:nationality(?! of registration)|citizen) (?:possibly )?(.*)$/i.exec(part)?.[1];
    if (birth !== undefined) readBirthDate(birth);
    else if (country !== undefined) nationalities.push(country);
    else readOther(part);
  }
  return { weakNames, birthDates, nationalities };
}
