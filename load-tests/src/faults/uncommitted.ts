import kafkajs from "kafkajs";

/** How many records of a topic were written and never committed: what a reader of committed records does not see. */
export async function countUncommitted(brokers: readonly string[], topic: string): Promise<number> {
  const [all, committed] = await Promise.all([
    countRecords(brokers, { topic, readUncommitted: true }),
    countRecords(brokers, { topic, readUncommitted: false }),
  ]);
  return all - committed;
}

const idleMs = 3_000;

/** Reads until nothing has come for a while. */
async function countRecords(
  brokers: readonly string[],
  { topic, readUncommitted }: { readonly topic: string; readonly readUncommitted: boolean },
): Promise<number> {
  const kafka = new kafkajs.Kafka({ brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING });
  const groupId = `${topic}-count-${String(readUncommitted)}`;
  const consumer = kafka.consumer({ groupId, readUncommitted, maxWaitTimeInMs: 500 });
  let count = 0;
  let lastAt = Number.POSITIVE_INFINITY;
  consumer.on(consumer.events.GROUP_JOIN, () => {
    lastAt = Date.now();
  });
  await consumer.connect();
  try {
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({
      eachBatch: async ({ batch: { messages } }) => {
        count += messages.length;
        lastAt = Date.now();
        return Promise.resolve();
      },
    });
    while (!(Date.now() - lastAt > idleMs)) await new Promise((resolve) => setTimeout(resolve, 100));
    return count;
  } finally {
    await consumer.disconnect();
  }
}
