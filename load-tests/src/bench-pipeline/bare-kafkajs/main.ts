import kafkajs from "kafkajs";

import { bareTask } from "../bare-task.ts";

/** A consumer as kafkajs' own documentation has it: the yardstick for ours. */
const task = await bareTask(process.env);
const { brokers, clientId, groupId, topic } = task;
const consumer = new kafkajs.Kafka({ brokers, clientId, logLevel: kafkajs.logLevel.NOTHING }).consumer({
  groupId,
  maxWaitTimeInMs: 500,
});
await consumer.connect();
await consumer.subscribe({ topics: [topic], fromBeginning: true });
await consumer.run({
  eachBatch: async (payload) => {
    const { batch } = payload;
    task.onBatch(batch.partition, batch.lastOffset(), batch.messages);
    await payload.heartbeat();
  },
});
