export { alertIdOf } from "./alert-id.ts";
export { type FieldMatch, type MatchedIdentifier, type MatchReason } from "./field-match.ts";
export {
  type Comparison,
  comparisons,
  compilePolicy,
  longestIndexAgeHours,
  type Policy,
  type PolicySettings,
} from "./policy.ts";
export {
  type BearerOwner,
  type ClearPart,
  type PartJudge,
  partJudge,
  numberSeamTexts,
  type PartVerdict,
  seamTexts,
} from "./judge-part.ts";
export { type CodedText, isPassedOver } from "./passed-over.ts";
export {
  countriesOfAgent,
  countriesOfParty,
  countryOf,
  type EventFacts,
  type Side,
  sideOf,
} from "./policy/event-facts.ts";
export type { PolicyRule, RuleConditions, RuleSettings } from "./policy/rules.ts";
export type { TextTreatments } from "./policy/text-treatment.ts";
export type { Treatment } from "./policy/treatment.ts";
export type { PolicyFault } from "./policy-file/policy-document.ts";
export { policyFileSchema } from "./policy-file/known-words.ts";
export { type PolicyFileRead, readPolicyFile } from "./policy-file/read-policy-file.ts";
export { type Circumstances, isFresh, screenEvent, type ScreeningOutcome } from "./screen-event.ts";
export {
  partyToScreen,
  paymentToScreen,
  remittanceToScreen,
  type ScreenableEvent,
  type ScreenableField,
} from "./screenable-event.ts";
export type { ScreenableIdentifier } from "./screenable-identifier.ts";
export { coveredBy, type GoodGuy, type GoodGuysAtHand, type GoodGuySet, goodGuySet } from "./good-guys.ts";
export { type PartyFingerprint, partyFingerprint } from "./party-fingerprint.ts";
export { hardConflictOf, type SetAside } from "./set-aside.ts";
export { summaryOf } from "./summary.ts";
export { type TextKind, textKinds } from "./text-kind.ts";
export { ownerOf, type TextOwner } from "./text-owner.ts";
export type { TextRole } from "./text-role.ts";
export type { Told } from "./told.ts";
export { workOfReading } from "./work-meter.ts";
export { toAlert } from "./to-alert.ts";
export { type OutcomeContext, toDecision, undecodableDecision } from "./to-decision.ts";
