import type { ListedBirthDate } from "@cordon/matching/listed";

import { dayMonthNameYear, isoDate, monthNumber } from "../publisher/dates.ts";

/** ISO date of `08 Sep 1966`, `Oct 1966` or `1984`; null for anything else. */
function oneDate(text: string): string | null {
  if (/^\d{4}$/.test(text)) return isoDate(text);
  const parts = /^([a-z]{3,9}) (\d{4})$/i.exec(text);
  if (parts === null) return dayMonthNameYear(text);
  const month = monthNumber(parts[1] ?? "");
  return month === null ? null : isoDate(parts[2] ?? "", month);
}

/** What stands behind `DOB` in the remarks: a date as above, `circa` one, or one `to` another. Null if unreadable. */
export function ofacBirthDate(text: string): ListedBirthDate | null {
  const approximate = /^circa /i.test(text);
  const [first = "", last, ...more] = text.replace(/^circa /i, "").split(/ to | ?- ?(?=\d{4}$)/i);
  const date = oneDate(first.trim());
  const until = last === undefined ? null : oneDate(last.replace(/^circa /i, "").trim());
  if (date === null || more.length > 0 || (last !== undefined && until === null)) return null;
  return { date, until, approximate };
}
