export { allEntries, type ChangedEntries, changedEntries } from "./changes/changed-entries.ts";
export { type ComparedIndexes, comparedIndexes } from "./changes/compared-indexes.ts";
export { found, type FoundInEvent, keyOf, type LookedAgain, newFindings } from "./changes/new-findings.ts";
export { type LookBackCounts, type LookBackPlan, type LookBackState, type NamedVersion } from "./look-back/plan.ts";
export {
  type LookBackOptions,
  type LookBackPorts,
  type LookBackProgress,
  type LookBackReport,
  runLookBack,
} from "./look-back/run-look-back.ts";
export { createPace, type Pace, type PaceOptions } from "./pace.ts";
