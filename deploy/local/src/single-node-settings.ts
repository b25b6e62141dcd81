/** Kafka's settings for one node, in a container or not: one copy of everything, and a start without waiting. */
export const singleNodeSettings = {
  // A misspelt topic must fail, not come into being.
  "auto.create.topics.enable": false,
  "group.initial.rebalance.delay.ms": 0,
  // A partition of each internal topic is enough and is there sooner.
  "offsets.topic.replication.factor": 1,
  "offsets.topic.num.partitions": 1,
  "transaction.state.log.replication.factor": 1,
  "transaction.state.log.min.isr": 1,
  "transaction.state.log.num.partitions": 1,
  "share.coordinator.state.topic.replication.factor": 1,
  "share.coordinator.state.topic.min.isr": 1,
  "share.coordinator.state.topic.num.partitions": 1,
  // 128 MB of heap by default, for a cleaner that has a few kilobytes to compact.
  "log.cleaner.dedupe.buffer.size": 16 * 1024 * 1024,
} as const;
