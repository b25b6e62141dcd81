/** The libraries that Kafka can be reached through. */
export const kafkaClients = ["kafkajs", "platformatic"] as const;

export type KafkaClientName = (typeof kafkaClients)[number];

/** How records may be packed; every Kafka since 2.1, and both clients, know each. */
export const kafkaCompressions = ["none", "gzip", "snappy", "lz4", "zstd"] as const;

export type KafkaCompression = (typeof kafkaCompressions)[number];
