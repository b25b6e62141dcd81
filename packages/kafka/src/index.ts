export { duringAct, type DuringActOptions } from "./during-act.ts";
export { actor, type OperatorAct, type OperatorActRecord, operatorActsTopic } from "./operator-acts.ts";
export { createKafkaClient } from "./create-kafka-client.ts";
export { kafkajsAccess } from "./kafkajs/access.ts";
export type { Need, Operation } from "./permissions.ts";
export type { Compression, KafkaClientOptions, KafkaSasl } from "./options.ts";
export type {
  Admin,
  BatchContext,
  ConsumedBatch,
  ConsumedRecord,
  Consumer,
  ConsumerEvents,
  Followed,
  FollowOptions,
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
} from "./port.ts";
