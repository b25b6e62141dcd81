import type { ListedBirthDate } from "@cordon/matching/listed";

import { childrenOf, descendantsOf, fieldOf } from "../../format/xml-fields.ts";
import type { XmlElement } from "../../format/xml-records.ts";
import { isoDate } from "../../publisher/dates.ts";

/** ISO date of an element with Year, Month and Day, as much of them as there is; null without a year. */
export function dateOfParts(element: XmlElement | undefined): string | null {
  if (element === undefined) return null;
  const [year, month, day] = ["Year", "Month", "Day"].map((part) => fieldOf(element, part));
  if (month === undefined || month === "") return isoDate(year ?? "");
  return isoDate(year ?? "", month, day === "" ? undefined : day);
}

/** Whether a day is its month's last: the day after it never was. */
function endsMonth(date: string): boolean {
  const [year = "", month, day] = date.split("-");
  return isoDate(year, month, String(Number(day) + 1)) === null;
}

/** The date that a span from one day to another means when it is a whole year or month; null when it is neither. */
function wholeSpan(from: string, until: string): string | null {
  const year = from.slice(0, 4);
  const nextYear = String(Number(year) + 1);
  if (from === `${year}-01-01` && (until === `${year}-12-31` || until === `${nextYear}-01-01`)) return year;
  const month = from.slice(0, 7);
  return from === `${month}-01` && until.startsWith(month) && endsMonth(until) ? month : null;
}

/** Years alone where both ends are the ends of years: `1950 to 1955`. */
function years(from: string, until: string): readonly [from: string, until: string] {
  return from.endsWith("-01-01") && until.endsWith("-12-31") ? [from.slice(0, 4), until.slice(0, 4)] : [from, until];
}

/**
 * A DatePeriod as a birth date: a day; a year or month where the span is exactly one; else the span. Null when no date
 * can be read.
 */
export function birthDateOfPeriod(period: XmlElement): ListedBirthDate | null {
  const ends = [...childrenOf(period, "Start"), ...childrenOf(period, "End")];
  const from = dateOfParts(descendantsOf(period, "Start", "From")[0] ?? descendantsOf(period, "Start", "To")[0]);
  const until = dateOfParts(
    descendantsOf(period, "End", "To")[0] ??
      descendantsOf(period, "End", "From")[0] ??
      descendantsOf(period, "Start", "To")[0],
  );
  const approximate = ends.some(({ attributes }) => attributes["Approximate"] === "true");
  const date = from ?? until;
  if (date === null) return null;
  if (from === null || until === null || from === until) return { date, until: null, approximate };
  const whole = wholeSpan(from, until);
  if (whole !== null) return { date: whole, until: null, approximate };
  const [first, last] = years(from, until);
  return { date: first, until: last, approximate };
}
