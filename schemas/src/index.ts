export { canaryHeader, canaryIdPrefix, canaryTopicDefaults, canaryTopics, isCanary } from "./canaries.ts";
export {
  type ClearDecisionWriter,
  type ClearEvent,
  createClearDecisionWriter,
  type DecisionFrame,
} from "./clear-decision-writer.ts";
export { checkWriter, type WriterCheck } from "./check-writer.ts";
export { isCodeUnit, LONGEST_CODE } from "./codes.ts";
export { whyUnreadable } from "./compatibility.ts";
export { decimalFromString, decimalToString } from "./decimal.ts";
export { createDecoder, createScreeningDecoder, type Decoder, type DecoderOptions } from "./decoder.ts";
export { createEncoder, type Encoder } from "./encoder.ts";
export type {
  Alert,
  AlertOrigin,
  DesignationType,
  Match,
  MatchedField,
  MatchedIdentifier,
  MatchReason,
  Resubmission,
  NameKind,
  NameStrength,
} from "./generated/alert.ts";
export type { Decision, GoodGuysStamp, Outcome, SetAsideMatch } from "./generated/decision.ts";
export type { Disposition, DispositionKind } from "./generated/disposition.ts";
export type { ChangeKind, ListChange } from "./generated/list-change.ts";
export type { ConversionProblem, MessageSource, Origin, Payment, Piece } from "./generated/payment.ts";
export type { RecordOf } from "./generated/record-of.ts";
export { type Remittance, type RemittanceChannel, remittanceChannelSymbols } from "./generated/remittance.ts";
export type {
  Account,
  AccountKind,
  Address,
  Agent,
  AgentRole,
  Identifier,
  IdentifierKind,
  IndexStamp,
  ListStamp,
  Money,
  Party,
  PartyRole,
  PartyType,
  Rail,
} from "./generated/shared.ts";
export {
  accountKindSymbols,
  agentRoleSymbols,
  identifierKindSymbols,
  partyRoleSymbols,
  partyTypeSymbols,
  railSymbols,
} from "./generated/shared.ts";
export { rolesByPlace } from "./projections.ts";
export type {
  ScreenedAddress,
  ScreenedAgent,
  ScreenedAgentRole,
  ScreenedOf,
  ScreenedParty,
  ScreenedPartyRole,
  ScreenedPayment,
  ScreenedRemittance,
} from "./projections.ts";
export { type EventParts, newEventParts, partKinds } from "./event-parts.ts";
export { madeAsEvent } from "./made-as-event.ts";
export { newParty } from "./new-party.ts";
export { createPartsReader, type EventTold, type PartOwner, type PartsReader } from "./parts-reader.ts";
export { schemaText } from "./schema-text.ts";
export {
  type AvroTopic,
  deadLetterHeaders,
  decisionHeaders,
  dispositionHeaders,
  type EventTopic,
  type Subject,
  subjectOf,
  subjects,
  type Topic,
  topicDefaults,
  type TopicDefaults,
  topics,
} from "./subjects.ts";
export { frame, schemaIdOf, wireHeaderBytes } from "./wire.ts";
export { selfContained } from "./self-contained.ts";
