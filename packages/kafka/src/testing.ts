export { createMemoryKafka, type MemoryKafka, type MemoryKafkaOptions } from "./testing/memory-kafka.ts";
export type { MemoryRecord } from "./testing/memory-log.ts";
