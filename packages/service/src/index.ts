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
  secretPem,
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
  type SaslLogin,
  type TokenEndpoint,
} from "./config/shared-settings.ts";
export { subjectOf, type TlsFiles } from "./config/tls-files.ts";
export { tlsFaultOf } from "./config/tls-fault.ts";
export { type FollowedConfig, followConfig, followingOn, type FollowOptions } from "./config/follow-config.ts";
export { type Addresses, noteAddress, readAddresses } from "./http/addresses.ts";
export {
  type HealthCheck,
  type HealthReport,
  type HttpServer,
  type HttpServerOptions,
  startHttpServer,
} from "./http/http-server.ts";
export { kafkaClients, type KafkaClientName, type KafkaCompression } from "./config/client-names.ts";
export { anyAnswers } from "./lifecycle/any-answers.ts";
export { backOffMs, type BackOff } from "./lifecycle/back-off.ts";
export { retryUntilAvailable, type PatienceOptions, type Waited } from "./lifecycle/patience.ts";
export {
  type Ending,
  exitCodes,
  type ProcessPort,
  runService,
  type RunServiceOptions,
  type ServiceContext,
} from "./lifecycle/run-service.ts";
export { createWaitings, type Waitings } from "./lifecycle/waitings.ts";
export { tellAll } from "./lifecycle/tell-all.ts";
export { createLogger, type LoggerOptions, type RootLogger, silentLogger } from "./log/create-logger.ts";
export type { LogFields, Logger, LogLevel } from "./log/logger.ts";
export {
  type CanaryMetrics,
  type CounterHandle,
  createMetrics,
  type GatewayMetrics,
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
