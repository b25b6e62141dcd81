import type { ListedBirthDate } from "@cordon/matching/listed";

import { isoDate, dateOfIso, monthNumber } from "../publisher/dates.ts";

/** The texts of one INDIVIDUAL_DATE_OF_BIRTH, cleaned; an absent element is "". */
export interface UnBirthDateFields {
  readonly type: string;
  readonly date: string;
  readonly year: string;
  readonly from: string;
  readonly to: string;
  readonly note: string;
}

const month = String.raw`([a-z]{3,9})\.?`;
const monthOnly = new RegExp(`^${month}$`, "i");
const monthYear = new RegExp(String.raw`^${month} (\d{4})$`, "i");
const betweenMonths = new RegExp(String.raw`^between ${month} and ${month} (\d{4})$`, "i");

function yearMonth(name: string | undefined, year: string): string | null {
  const number = monthNumber(name ?? "");
  return number === null ? null : isoDate(year, number);
}

/** `Nov. 1973`, `Between Aug. and Sep. 1977`: what stands in NOTE when no other field has the date. */
function dateOfNote(note: string): { readonly date: string; readonly until: string | null } | null {
  const one = monthYear.exec(note);
  if (one !== null) {
    const date = yearMonth(one[1], one[2] ?? "");
    return date === null ? null : { date, until: null };
  }
  const two = betweenMonths.exec(note);
  const date = two === null ? null : yearMonth(two[1], two[3] ?? "");
  const until = two === null ? null : yearMonth(two[2], two[3] ?? "");
  return date === null || until === null ? null : { date, until };
}

function dateOfFields({ date, year, from, to, note }: UnBirthDateFields): {
  readonly date: string;
  readonly until: string | null;
} | null {
  if (date !== "") {
    const whole = dateOfIso(date) ?? isoDate(date);
    return whole === null ? null : { date: whole, until: null };
  }
  if (year !== "") {
    const partial = yearMonth(monthOnly.exec(note)?.[1], year) ?? isoDate(year);
    return partial === null ? null : { date: partial, until: null };
  }
  const start = isoDate(from);
  const end = isoDate(to);
  if (start !== null && end !== null && start <= end) return { date: start, until: end };
  return dateOfNote(note);
}

/**
 * One INDIVIDUAL_DATE_OF_BIRTH: a whole date, a year, a year and a month in the note, a span of years, or a note with
 * a month. TYPE_OF_DATE `APPROXIMATELY`, or that word in the note, marks it approximate; `EXACT` says nothing (it
 * stands beside bare years too). Null when no date can be read.
 */
export function unBirthDate(fields: UnBirthDateFields): ListedBirthDate | null {
  const found = dateOfFields(fields);
  const approximate = [fields.type, fields.note].some((text) => text.toLowerCase().includes("approximately"));
  return found === null ? null : { ...found, approximate };
}
