import type { ListedBirthDate } from "../designation.ts";

/** How a birth date compares with listed ones. `hard`: two complete dates differ, and by no known habit of writing. */
export type BirthDateVerdict =
  | { readonly verdict: "agree"; readonly complete: boolean; readonly listed: string }
  | { readonly verdict: "conflict"; readonly hard: boolean; readonly listed: string }
  | { readonly verdict: "absent"; readonly why: "not given" | "not listed" | "not readable" };

/** Years by which "circa" may be off. */
const CIRCA_YEARS = 2;

const partialDate = /^([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?$/;

/** First and last day that a partial date may mean, as texts that sort. The last day of a month is 31 in any. */
interface Span {
  readonly first: string;
  readonly last: string;
}

function spanOf(date: string): Span | null {
  const match = partialDate.exec(date);
  if (match === null) return null;
  const [, year = "", month, day] = match;
  return {
    first: `${year}-${month ?? "01"}-${day ?? "01"}`,
    last: `${year}-${month ?? "12"}-${day ?? "31"}`,
  };
}

function spanOfListed({ date, until, approximate }: ListedBirthDate): Span | null {
  const from = spanOf(date);
  const to = until === null ? from : spanOf(until);
  if (from === null || to === null) return null;
  const years = approximate ? CIRCA_YEARS : 0;
  return { first: moved(from.first, -years), last: moved(to.last, years) };
}

function moved(date: string, years: number): string {
  return `${String(Number(date.slice(0, 4)) + years).padStart(4, "0")}${date.slice(4)}`;
}

/** Of a date that can be read: a whole one that means itself. 1 January is written where only the year is known, so it is taken for the year. */
function isComplete(date: string): boolean {
  return date.length === 10 && !date.endsWith("-01-01");
}

/** Agrees if both may mean one day, for any of the listed dates; conflicts only with all of them. */
export function compareBirthDates(given: string | null, listed: readonly ListedBirthDate[]): BirthDateVerdict {
  if (given === null || given.trim() === "") return { verdict: "absent", why: "not given" };
  if (listed.length === 0) return { verdict: "absent", why: "not listed" };
  const date = given.trim();
  const own = spanOf(date);
  const spans = listed.map(spanOfListed);
  if (own === null || spans.every((span) => span === null)) return { verdict: "absent", why: "not readable" };
  const agreeing = listed.filter((_, at) => overlaps(own, spans[at] ?? null));
  const exact = agreeing.find((one) => one.date === date && one.until === null);
  const best = exact ?? agreeing[0];
  if (best !== undefined)
    return { verdict: "agree", complete: exact !== undefined && date.length === 10, listed: described(best) };
  if (spans.includes(null)) return { verdict: "absent", why: "not readable" };
  const hard = isComplete(date) && listed.every((one) => differsForSure(date, one));
  return { verdict: "conflict", hard, listed: listed.map(described).join(", ") };
}

function overlaps(a: Span, b: Span | null): boolean {
  return b !== null && a.first <= b.last && b.first <= a.last;
}

function differsForSure(given: string, { date, until, approximate }: ListedBirthDate): boolean {
  return until === null && !approximate && isComplete(date) && swapped(given) !== date;
}

/** Day and month are often exchanged on the way from one form to another. */
function swapped(date: string): string {
  const [year = "", month = "", day = ""] = date.split("-");
  return `${year}-${day}-${month}`;
}

function described({ date, until, approximate }: ListedBirthDate): string {
  return `${approximate ? "about " : ""}${date}${until === null ? "" : ` to ${until}`}`;
}
