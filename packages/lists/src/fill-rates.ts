import type { Designation, DesignationType } from "@cordon/matching/listed";

/** What a designation may have or lack, and whether it has it. */
const columns = {
  "birth dates": ({ birthDates }) => birthDates.length > 0,
  nationalities: ({ nationalities }) => nationalities.length > 0,
  identifiers: ({ identifiers }) => identifiers.length > 0,
  addresses: ({ addresses = [] }) => addresses.length > 0,
  measures: ({ measures }) => measures.length > 0,
  regime: ({ regime }) => regime !== "",
  "regime code": ({ regimeCode }) => regimeCode !== null,
  "designation date": ({ designatedOn }) => designatedOn !== null,
  references: ({ references }) => references.length > 0,
  "primary names": ({ names }) => names.some(({ kind }) => kind === "PRIMARY"),
  "spelling variations": ({ names }) => names.some(({ kind }) => kind === "VARIATION"),
  aliases: ({ names }) => names.some(({ kind }) => kind === "ALIAS"),
  "weak names": ({ names }) => names.some(({ strength }) => strength === "WEAK"),
  "strong names": ({ names }) => names.some(({ strength }) => strength === "STRONG"),
} as const satisfies Readonly<Record<string, (designation: Designation) => boolean>>;

export type FillColumn = keyof typeof columns;

const columnNames = Object.keys(columns) as readonly FillColumn[];

/** How many designations of one type have something in a column. */
export interface FillRate {
  readonly type: DesignationType;
  readonly column: FillColumn;
  readonly filled: number;
  readonly of: number;
}

/** The fill rate of every column for every type there is: a column that ran dry for ships hides in the total. */
export function fillRates(designations: readonly Designation[]): readonly FillRate[] {
  const byType = Map.groupBy(designations, ({ type }) => type);
  return [...byType].flatMap(([type, some]) =>
    columnNames.map((column) => ({ type, column, filled: some.filter(columns[column]).length, of: some.length })),
  );
}
