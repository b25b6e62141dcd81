export * from "./listed.ts";
export { type Decoded, type DecodedText, decodeText } from "./decode/decode-text.ts";
export { engineVersion } from "./engine-version.ts";
export { identifiersOf, keysOfAsked } from "./evidence/asked-identifier.ts";
export { identifiersIn } from "./evidence/find-in-text.ts";
export { type AskedKind } from "./evidence/identifier-keys.ts";
export type { TextIdentifier } from "./evidence/text-identifier.ts";
export type { IdentifierMatch } from "./evidence/identifier-match.ts";
export { scanIdentifiers, scanLinked } from "./evidence/scan-identifiers.ts";
export { type BearerFacts, type Evidence, type EvidenceAspect, nothingKnown, weigh } from "./evidence/weigh.ts";
export { compareTexts, type NameComparison } from "./engine/compare-texts.ts";
export { type OpenedIndex, openingSteps, openSnapshot } from "./engine/open-index.ts";
export { compileSearchOptions } from "./engine/options.ts";
export { selfCheck, selfCheckSteps } from "./engine/self-check.ts";
export { type ExhaustiveScan, exhaustiveScan, scanEverything } from "./engine/scan-everything.ts";
export type {
  CompiledSearchOptions,
  NameMatch,
  Reason,
  ReasonKind,
  ScreeningIndex,
  SearchOptions,
  SearchResult,
  TextPlace,
} from "./search.ts";
export type { SearchWork } from "./engine/work.ts";
export { type OfacPart, type OfacScore, ofacScore } from "./ofac/ofac-score.ts";
export { compileSnapshot, snapshotVersion } from "./snapshot/compile.ts";
export { sectionSizes } from "./snapshot/layout.ts";
export { scanText } from "./text/scan-text.ts";
