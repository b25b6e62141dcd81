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
export { type Customer, type CustomerRead, readCustomer, type Refused } from "./customers/customer.ts";
export { type KeptCustomers, keptCustomers, type KeptState } from "./customers/kept-customers.ts";
export { type CustomerFormat, readCustomers } from "./customers/read-customers.ts";
export {
  type CustomerSink,
  rescreenCustomers,
  type RescreenCustomersOptions,
  type RescreenCustomersPorts,
  type RescreenCustomersReport,
} from "./customers/run-customers.ts";
export { type CustomerCounts } from "./customers/screen-customers.ts";
export { createPace, type Pace, type PaceOptions } from "./pace.ts";
export { type Difference, differencesOf } from "./replay/differences.ts";
export type { EventPlace } from "./replay/find-recorded.ts";
export { releaseOf } from "./replay/releases.ts";
export { replayDecision } from "./replay/replay-decision.ts";
export { mostEvents, replay, type ReplayOptions, type ReplayPorts, type ReplayResult } from "./replay/run-replay.ts";
export { unregisteredFormat } from "./replay/unregistered-format.ts";
export { shadowPage } from "./shadow/page.ts";
export { type ShadowSummary, type SideNames, summaryOf } from "./shadow/report.ts";
export {
  lastOf,
  runShadow,
  type ShadowOptions,
  type ShadowPorts,
  type ShadowReport,
  type ShadowSide,
} from "./shadow/run-shadow.ts";
export { bandOf, type ShadowTally } from "./shadow/tally.ts";
export { factsOfPayment, factsOfRemittance, type PaymentFacts, plain } from "./resubmissions/payment-facts.ts";
export {
  createStoppedPayments,
  type FoundResubmission,
  type StoppedPayment,
  type StoppedPayments,
} from "./resubmissions/stopped-payments.ts";
export {
  type ResubmissionOptions,
  type ResubmissionPorts,
  type ResubmissionWatch,
  watchResubmissions,
} from "./resubmissions/watch-resubmissions.ts";
