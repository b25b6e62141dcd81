const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"] as const;

/** Days in a month of the Gregorian calendar. `month` from 1. */
function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** `YYYY-MM-DD`, `YYYY-MM` or `YYYY` from digits as published; null for a date there never was. */
export function isoDate(year: string, month?: string, day?: string): string | null {
  if (!/^\d{4}$/.test(year) || Number(year) === 0) return null;
  if (month === undefined) return year;
  if (!(Number(month) >= 1 && Number(month) <= 12)) return null;
  const yearMonth = `${year}-${month.padStart(2, "0")}`;
  if (day === undefined) return yearMonth;
  return Number(day) >= 1 && Number(day) <= daysIn(Number(year), Number(month))
    ? `${yearMonth}-${day.padStart(2, "0")}`
    : null;
}

/** `1` to `12` for an English month name, whole or cut to three letters or more; null for anything else. */
export function monthNumber(name: string): string | null {
  const at = months.indexOf(name.slice(0, 3).toLowerCase() as (typeof months)[number]);
  return at < 0 ? null : String(at + 1);
}

/** ISO date of `31/01/1980`, the UK's form; null for anything else. */
export function dayMonthYear(text: string): string | null {
  const parts = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  return parts === null ? null : isoDate(parts[3] ?? "", parts[2], parts[1]);
}

/** ISO date of `29-Apr-2026` or `29 April 2026`; null for anything else. */
export function dayMonthNameYear(text: string): string | null {
  const parts = /^(\d{1,2})[ -]([a-z]{3,9})[ -](\d{4})$/i.exec(text);
  const month = parts === null ? null : monthNumber(parts[2] ?? "");
  return parts === null || month === null ? null : isoDate(parts[3] ?? "", month, parts[1]);
}

/** The date of an ISO 8601 date or time, with or without a zone (`2014-09-23-04:00`); null for anything else. */
export function dateOfIso(text: string): string | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})(?:$|[T+Z-])/.exec(text);
  return parts === null ? null : isoDate(parts[1] ?? "", parts[2], parts[3]);
}
