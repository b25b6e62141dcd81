export { startBreakableStack } from "./breakable/breakable-stack.ts";
export type { BreakableStack, BreakableStackOptions } from "./breakable/breakable-stack.ts";
export type { BreakableProcess } from "./breakable/breakable-process.ts";
export { openLink } from "./breakable/link.ts";
export type { Link, LinkState } from "./breakable/link.ts";
export { spawnSupervised } from "./spawn-supervised.ts";
export type { Supervised, SupervisedExit, SupervisorOptions } from "./spawn-supervised.ts";
export { type Prometheus, type PrometheusOptions, startPrometheus } from "./processes/prometheus.ts";
export { startPostgresProcess } from "./postgres-process.ts";
export { startRedisProcess } from "./redis-process.ts";
export type { KafkaAdmin, Permission } from "./secured/kafka-admin.ts";
export { type Identity, makeAuthority, makeCertificate } from "./secured/certificates.ts";
export { leastPermissions, type SecuredUser } from "./secured/permissions.ts";
export {
  type ClusterRedis,
  type MutualRedis,
  type SentinelRedis,
  startClusterRedis,
  startMutualRedis,
  startSentinelRedis,
} from "./secured/redis-kinds.ts";
export { type SecuredStack, type SecuredStackOptions, startSecuredStack } from "./secured/secured-stack.ts";
export { StackError } from "./stack-error.ts";
export { startStack } from "./stack.ts";
export type { Stack, StackOptions } from "./stack.ts";
export type { Service, ServiceName, Source } from "./service.ts";
