/** The libraries that Kafka can be reached through. */
export const kafkaClients = ["kafkajs", "platformatic"] as const;

export type KafkaClientName = (typeof kafkaClients)[number];
