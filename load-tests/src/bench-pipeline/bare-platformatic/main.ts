import { Consumer, MessagesStreamFallbackModes, MessagesStreamModes } from "@platformatic/kafka";

import { bareTask } from "../bare-task.ts";

/** A consumer as the documentation of @platformatic/kafka has it, one message at a time: the yardstick for ours. */
const task = await bareTask(process.env);
const { brokers, clientId, groupId, topic } = task;
const consumer = new Consumer({ groupId, clientId, bootstrapBrokers: brokers, maxWaitTime: 500 });
const stream = await consumer.consume({
  autocommit: true,
  topics: [topic],
  mode: MessagesStreamModes.COMMITTED,
  fallbackMode: MessagesStreamFallbackModes.EARLIEST,
});
stream.on("data", ({ partition, offset, value }) => {
  task.onMessage(partition, offset, value);
});
