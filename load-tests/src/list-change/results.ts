import type { Consumer, KafkaClient } from "@cordon/kafka";
import { createDecoder, decisionHeaders, schemaText, subjectOf, topics } from "@cordon/schemas";

/** What came back, read as any other program may. */
export interface Results {
  /** By event: the outcome, and when it was read. */
  readonly decided: ReadonlyMap<string, { readonly outcome: string; readonly at: number }>;
  /** By event: each alert of a look-back once, with when it was raised. */
  readonly lookedBack: ReadonlyMap<string, ReadonlyMap<string, number>>;
  stop(): Promise<void>;
}

const alerts = createDecoder(subjectOf(topics.alerts), schemaText(subjectOf(topics.alerts)));

export async function readResults(kafka: KafkaClient, group: string): Promise<Results> {
  const decided = new Map<string, { readonly outcome: string; readonly at: number }>();
  const lookedBack = new Map<string, Map<string, number>>();
  const consumer: Consumer = kafka.consumer();
  const assigned = new Promise<void>((resolve) => {
    consumer.on("assigned", () => {
      resolve();
    });
  });
  await consumer.start({
    topics: [topics.decisions, topics.alerts],
    groupId: group,
    onBatch: async ({ topic, records }) => {
      const at = Date.now();
      for (const { key, value, header } of records.map((record) => ({
        key: record.key?.toString() ?? "",
        value: record.value,
        header: record.header(decisionHeaders.outcome)?.toString() ?? "",
      }))) {
        if (topic === topics.decisions) {
          if (!decided.has(key)) decided.set(key, { outcome: header, at });
          continue;
        }
        const alert = alerts.decode(value ?? Buffer.alloc(0));
        if (alert.origin !== "LOOK_BACK" || alert.lookBackId === "resubmissions") continue;
        const known = lookedBack.get(key) ?? new Map<string, number>();
        lookedBack.set(key, known.set(alert.alertId, alert.raisedAt));
      }
      await Promise.resolve();
    },
  });
  await assigned;
  return { decided, lookedBack, stop: () => consumer.stop() };
}
