export { outputBounds, refuseSmallTopics } from "./small-topics.ts";
export {
  type EventKind,
  type EventReader,
  type IgnoredFields,
  payments,
  type ReadEvent,
  remittances,
} from "./event-kinds.ts";
export {
  type BatchToRead,
  createEventReaders,
  type EventReaders,
  type EventReadersOptions,
  type ReadRecord,
  type ReadResult,
  type UnreadFields,
} from "./event-readers.ts";
export { clearOutputs } from "./fast-path/clear-outputs.ts";
export { type ClearDecision, type FastPath, fastPathOf } from "./fast-path/fast-path.ts";
export { newPartCounts, type PartCounts } from "./fast-path/part-counts.ts";
export { indexAge, timesAhead } from "./index/freshness.ts";
export { generationAfter, generationOf, type IndexGeneration, isNewer } from "./index/generation.ts";
export { keyText } from "./key-text.ts";
export { registerOutputFormat } from "./output-format.ts";
export { type OutputDeps, type OutputFormat, outputsOf } from "./outputs.ts";
export { policyConfig } from "./policy-config.ts";
export { type ConfiguredPolicy, policySource, type PolicySource } from "./policy-source.ts";
export { type ScreenedRecord, type Screening, screenRecord } from "./screen-record.ts";
export { topicPrefix } from "./topic-prefix.ts";
export { type TopicConfig, type TopicNames, topicNames, topicSettings } from "./topics.ts";
