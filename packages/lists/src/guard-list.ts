import { CordonError } from "@cordon/errors";
import { type Designation, type DesignationType, designationTypes } from "@cordon/matching/listed";

import { type FillRate, fillRates } from "./fill-rates.ts";
import type { ListGuards } from "./list-guards.ts";
import type { ParsedList } from "./parsed-list.ts";

/** Shares in percent, 0 to 100. */
export interface GuardLimits {
  /** How much of the last good version may be gone at once. */
  readonly maxShrinkPercent: number;
  /** How much of a column's fill rate may be gone at once, of what it was. 50 unless told. */
  readonly maxDriftPercent?: number;
  /** How many designations may have one kind of thing that is not understood. 25 unless told. */
  readonly maxUnknownPercent?: number;
}

export interface GuardListRequest extends GuardLimits {
  readonly parsed: ParsedList;
  /** Designations in the last good version, or null when there was none. */
  readonly previousEntries: number | null;
  /** The same by type, where known: one type gone hides in the total. Types with fewer than 20 are let be. */
  readonly previousByType?: Readonly<Partial<Record<DesignationType, number>>>;
  /** The last good version, to compare how full its columns are. Absent: not compared. */
  readonly previous?: readonly Designation[];
  /** Of the publisher's complete list. Absent: the list may be an excerpt. */
  readonly guards?: ListGuards;
}

const fewestToCompare = 20;

/** New parts of the file, beside those that are read: to be shown, but no reason to screen with an old list. */
const newParts = /^(?:column|element|attribute|property|listed schema|feature|document) /;

/** Designations without a primary name that are still believed, in percent: a few have been published so. */
const maxPrimaryMissingPercent = 50;

/**
 * Refuses a list that was read but cannot be right; the caller then keeps the last good one. No publisher marks a
 * delisting, so a file cut short would look like thousands of them.
 * Throws LIST_EMPTY for no designations; LIST_SHRUNK when more than `maxShrinkPercent` are gone; LIST_INCOMPLETE for
 * fewer of a type than its floor, a canary that is not there, a column that ran dry; LIST_MALFORMED when most have no
 * primary name or too much is not understood; OPTIONS_INVALID for a percentage out of range.
 */
export function guardList(request: GuardListRequest): void {
  const { parsed, previousEntries, previousByType = {}, previous = [], guards } = request;
  const { maxShrinkPercent, maxDriftPercent = 50, maxUnknownPercent = 25 } = request;
  checkPercentages({ maxShrinkPercent, maxDriftPercent, maxUnknownPercent });
  const { list, counts, designations } = parsed;
  const entries = counts.designations;
  if (entries === 0)
    throw new CordonError("LIST_EMPTY", `the ${list} list has no designations`, { details: { list, entries } });

  refuseShrunk({ list, what: "designations", before: previousEntries ?? 0, now: entries, maxShrinkPercent });
  for (const type of designationTypes) {
    const before = previousByType[type] ?? 0;
    if (before >= fewestToCompare)
      refuseShrunk({ list, what: type, before, now: counts.byType[type], maxShrinkPercent });
  }

  if (guards !== undefined) refuseIncomplete(parsed, guards);
  refuseDrift(list, { before: fillRates(previous), now: fillRates(designations), maxDriftPercent });
  refuseUnknown(parsed, maxUnknownPercent);

  const primaryMissing = designations.filter(({ names }) => names[0]?.kind !== "PRIMARY").length;
  if (primaryMissing * 100 > entries * maxPrimaryMissingPercent)
    throw new CordonError("LIST_MALFORMED", `most designations of the ${list} list have no primary name`, {
      details: { list, entries, primaryMissing },
    });
}

function checkPercentages(percentages: Readonly<Record<string, number>>): void {
  for (const [name, percent] of Object.entries(percentages))
    if (!(percent >= 0 && percent <= 100))
      throw new CordonError("OPTIONS_INVALID", `${name} must be in [0, 100]`, { details: { [name]: percent } });
}

const spelt = (text: string): string => text.normalize("NFKC").toLowerCase().replaceAll(/\s+/g, " ").trim();

function refuseIncomplete({ list, counts, designations }: ParsedList, { floors, canaries }: ListGuards): void {
  for (const type of designationTypes) {
    const floor = floors[type] ?? 0;
    const now = counts.byType[type];
    if (now < floor)
      throw new CordonError(
        "LIST_INCOMPLETE",
        `the ${list} list has ${String(now)} of type ${type} and never had fewer than ${String(floor)}`,
        { details: { list, type, now, floor } },
      );
  }
  const names = new Set(designations.flatMap((designation) => designation.names.map(({ text }) => spelt(text))));
  // Told by number: no name stands in an error.
  const missing = canaries.flatMap((name, at) => (names.has(spelt(name)) ? [] : [at + 1]));
  if (missing.length > 0)
    throw new CordonError(
      "LIST_INCOMPLETE",
      `the ${list} list lacks names that it always had (canary ${missing.join(", ")} of ${String(canaries.length)})`,
      { details: { list, missing: missing.join(", "), canaries: canaries.length } },
    );
}

interface Drift {
  readonly before: readonly FillRate[];
  readonly now: readonly FillRate[];
  readonly maxDriftPercent: number;
}

const percentOf = ({ filled, of }: FillRate): number => Math.round((filled * 1000) / of) / 10;

/** Only a fall counts, and only where there was enough to fall from. */
function refuseDrift(list: string, { before, now, maxDriftPercent }: Drift): void {
  for (const was of before) {
    if (was.filled < fewestToCompare) continue;
    const is = now.find(({ type, column }) => type === was.type && column === was.column);
    if (is === undefined || is.of < fewestToCompare) continue;
    if (is.filled * was.of * 100 >= was.filled * is.of * (100 - maxDriftPercent)) continue;
    const [from, to] = [percentOf(was), percentOf(is)];
    throw new CordonError(
      "LIST_INCOMPLETE",
      `the ${list} list: ${was.column} of type ${was.type} went from ${String(from)} % to ${String(to)} % of the entries`,
      { details: { list, type: was.type, column: was.column, from, to, maxDriftPercent } },
    );
  }
}

function refuseUnknown({ list, counts, unknown }: ParsedList, maxUnknownPercent: number): void {
  for (const [kind, count] of Object.entries(unknown)) {
    if (newParts.test(kind) || count < fewestToCompare) continue;
    if (count * 100 > counts.designations * maxUnknownPercent)
      throw new CordonError(
        "LIST_MALFORMED",
        `the ${list} list has ${String(count)} things of one kind that are not understood: ${kind}`,
        { details: { list, kind, count, entries: counts.designations, maxUnknownPercent } },
      );
  }
}

interface Shrinkage {
  readonly list: string;
  readonly what: string;
  readonly before: number;
  readonly now: number;
  readonly maxShrinkPercent: number;
}

function refuseShrunk({ list, what, before, now, maxShrinkPercent }: Shrinkage): void {
  if ((before - now) * 100 <= before * maxShrinkPercent) return;
  throw new CordonError(
    "LIST_SHRUNK",
    `the ${list} list went from ${String(before)} to ${String(now)} (${what}), more than ${String(maxShrinkPercent)} % gone`,
    { details: { list, what, before, now, maxShrinkPercent } },
  );
}
