import type { ListedBirthDate } from "@cordon/matching/listed";

import { unguarded } from "../format/clean-text.ts";
import { isoDate } from "../publisher/dates.ts";

const exactly = (date: string): ListedBirthDate => ({ date, until: null, approximate: false });

/** A year with unknown last digits, `19yy` or `198y`: the span it can mean. */
function maskedYear(year: string): ListedBirthDate | null {
  const digits = year.replaceAll(/\D/g, "");
  if (digits.length < 2 || digits.length > 3) return null;
  return { date: digits.padEnd(4, "0"), until: digits.padEnd(4, "9"), approximate: true };
}

/** Letters or zeros stand where the publisher does not know. */
const isUnknown = (part: string): boolean => /^(?:[a-z]{1,2}|0{1,2})$/i.test(part);

/**
 * The `D.O.B` column: `31/01/1980`, `dd/mm/1958`, `00/00/1975`, `dd/05/1975`, `15/08/19yy`, `1988`. `whole` is false
 * when a part made no sense (day 31 in June) and only the rest was kept. Null when not even a year can be read.
 */
export function ukBirthDate(raw: string): { readonly birthDate: ListedBirthDate; readonly whole: boolean } | null {
  const text = unguarded(raw);
  const parts = /^(?:([a-z\d]{1,2})\/([a-z\d]{1,2})\/)?(\d{4}|\d{2,3}[a-z]{1,2})$/i.exec(text);
  if (parts === null) return null;
  const [, day, month, year = ""] = parts;
  if (/[a-z]/i.test(year)) {
    const span = maskedYear(year);
    return span === null ? null : { birthDate: span, whole: true };
  }

  const knownMonth = month === undefined || isUnknown(month) ? undefined : month;
  const knownDay = knownMonth === undefined || day === undefined || isUnknown(day) ? undefined : day;
  const date = isoDate(year, knownMonth, knownDay);
  if (date !== null) return { birthDate: exactly(date), whole: true };
  const rest = isoDate(year, knownMonth) ?? isoDate(year);
  return rest === null ? null : { birthDate: exactly(rest), whole: false };
}
