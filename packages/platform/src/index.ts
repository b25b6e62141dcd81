export { describeConfig, type VariableDescription } from "./config/describe-config.ts";
export { readConfig } from "./config/read-config.ts";
export {
  address,
  commaSeparated,
  type ConfigOf,
  type ConfigShape,
  decimal,
  type Environment,
  flag,
  group,
  type Group,
  integer,
  oneOf,
  optional,
  pemFile,
  type ReportFault,
  secret,
  type Setting,
  type SettingOptions,
  text,
} from "./config/setting.ts";
export {
  type Credentials,
  httpConfig,
  kafkaConfig,
  logConfig,
  redisConfig,
  registryConfig,
  type TlsFiles,
} from "./config/shared-settings.ts";
export {
  type HealthCheck,
  type HealthReport,
  type HttpServer,
  type HttpServerOptions,
  startHttpServer,
} from "./http/http-server.ts";
export { findVersion } from "./index-store/find-version.ts";
export { lacksLists, listsLacking, releasedWith } from "./index-store/lists-lacking.ts";
export type {
  IndexManifest,
  IndexStore,
  KeptVersion,
  ListFault,
  ListState,
  Publisher,
  PublishRequest,
  RollBackRequest,
  StoreDanger,
  StoreSurvey,
} from "./index-store/port.ts";
export { publisherConflict, publisherOf, settingsDiffering } from "./index-store/publisher.ts";
export { clockSkewMs, isAhead } from "./index-store/time-ahead.ts";
export { kafkaClients, type KafkaClientName } from "./kafka/client-names.ts";
export { createKafkaClient } from "./kafka/create-kafka-client.ts";
export type { Compression, KafkaClientOptions, KafkaSasl } from "./kafka/options.ts";
export { createRedisIndexStore, type RedisIndexStoreOptions } from "./index-store/redis-index-store.ts";
export type {
  Admin,
  BatchContext,
  ConsumedBatch,
  ConsumedRecord,
  Consumer,
  ConsumerEvents,
  KafkaClient,
  OffsetRange,
  OnBatch,
  OutRecord,
  PartitionSurvey,
  Position,
  Producer,
  Reader,
  RecordsRead,
  Skipped,
  TopicPartition,
  TopicReport,
  TopicSettings,
  TransactionalProducer,
  TransactionSource,
} from "./kafka/port.ts";
export { patiently, type PatienceOptions, type Waited } from "./lifecycle/patience.ts";
export {
  exitCodes,
  type ProcessPort,
  runService,
  type RunServiceOptions,
  type ServiceContext,
} from "./lifecycle/run-service.ts";
export { tellAll } from "./lifecycle/tell-all.ts";
export { createLogger, type LoggerOptions, type RootLogger, silentLogger } from "./log/create-logger.ts";
export type { LogFields, Logger, LogLevel } from "./log/logger.ts";
export {
  type CanaryMetrics,
  type CounterHandle,
  createMetrics,
  type GaugeHandle,
  type HistogramHandle,
  type ListSyncMetrics,
  type Metrics,
  type MetricsOptions,
  type ScreenerMetrics,
} from "./metrics/create-metrics.ts";
export {
  type LabelValues,
  type MetricDefinition,
  metricDefinitions,
  type MetricService,
} from "./metrics/definitions.ts";
export { createSchemaRegistry } from "./registry/create-schema-registry.ts";
export type { SchemaRegistryOptions } from "./registry/options.ts";
export type { SchemaId, SchemaRegistry } from "./registry/port.ts";
export {
  createMemoryIndexBackend,
  createMemoryIndexStore,
  type MemoryIndexBackend,
} from "./testing/memory-index-store.ts";
export { createMemoryKafka, type MemoryKafka, type MemoryKafkaOptions } from "./testing/memory-kafka.ts";
export type { MemoryRecord } from "./testing/memory-log.ts";
export { createMemoryRegistry, type MemoryRegistry, type MemoryRegistryOptions } from "./testing/memory-registry.ts";
