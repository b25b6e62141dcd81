export {
  type AmendedDesignation,
  type ComparedField,
  comparedFields,
  diffDesignations,
  type ListDiff,
} from "./diff-designations.ts";
export { parseEuSanctions } from "./eu/parse.ts";
export { createCsvReader, type CsvLimits, type CsvReader, type OnCsvRow } from "./format/csv-reader.ts";
export { describeChanges, type FieldChange } from "./field-changes.ts";
export { type GuardLimits, guardList, type GuardListRequest } from "./guard-list.ts";
export type { ListGuards } from "./list-guards.ts";
export type { ChangingList, ListDelta, ListDeltas, ListFolder, ListSource, ParseList } from "./list-source.ts";
export { listNames, listSources, listVariable } from "./list-sources.ts";
export { parseOfacAdvanced } from "./ofac/advanced/parse.ts";
export { ofacFileNames, type OfacFiles, parseOfacSdn } from "./ofac/parse.ts";
export { parseOfacXml } from "./ofac/parse-xml.ts";
export { parseOfsiConList } from "./ofsi/parse.ts";
export { versionsSince, readOpenSanctionsDeltas } from "./opensanctions/delta-index.ts";
export { type OpenSanctionsFiles, parseOpenSanctions, parseOpenSanctionsFiles } from "./opensanctions/parse.ts";
export { parseOwnList } from "./own/parse.ts";
export { compileParseOptions, type ParseLimits, type ParseOptions } from "./parse-options.ts";
export type { ListCounts, ListName, ParsedList } from "./parsed-list.ts";
export type { Counts } from "./tally.ts";
export { parseUkSanctionsList } from "./uk/parse.ts";
export { parseUnConsolidated } from "./un/parse.ts";
export { countByKind, type UnknownKind, unknownKinds } from "./unknown-kinds.ts";
