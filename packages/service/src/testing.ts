export { createMemoryRegistry, type MemoryRegistry, type MemoryRegistryOptions } from "./testing/memory-registry.ts";
export { loopbackCertificate, startTlsProxy, writeLoopbackCertificate } from "./testing/loopback-tls.ts";
export { type Recorded, recordTelemetry } from "./testing/record-telemetry.ts";
