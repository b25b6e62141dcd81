import { createSchemaRegistry } from "@cordon/platform";
import { createDecoder, schemaIdOf, subjectOf, topics } from "@cordon/schemas";

/** What a bare consumer is told by its environment, and what it does with a batch. */
export interface BareTask {
  readonly brokers: string[];
  readonly clientId: string;
  readonly groupId: string;
  readonly topic: string;
  /** Counts, or decodes every value completely, as it was told. Reports now and then how far each partition is. */
  onBatch(
    partition: number,
    lastOffset: bigint | string,
    messages: readonly { readonly value: Buffer | null | undefined }[],
  ): void;
}

const reportEveryMs = 50;

export async function bareTask(environment: NodeJS.ProcessEnv): Promise<BareTask> {
  const told = environment as Readonly<Record<"KAFKA_BROKERS" | "GROUP" | "TOPIC" | "MODE" | "SCHEMA_ID", string>>;
  const registry = createSchemaRegistry({ url: environment["SCHEMA_REGISTRY_URL"] ?? "" });
  const schema = (await registry.schemaById(Number(told.SCHEMA_ID))) ?? "";
  const decoder = createDecoder(subjectOf(topics.payments), schema);
  const next: Record<string, number> = {};
  let records = 0;
  let bytes = 0;
  setInterval(() => {
    process.stdout.write(`${JSON.stringify({ progress: next, records, bytes, at: Date.now() })}\n`);
  }, reportEveryMs);
  process.stdout.write('{"msg":"counting"}\n');
  return {
    brokers: told.KAFKA_BROKERS.split(","),
    clientId: "cordon-bench",
    groupId: told.GROUP,
    topic: told.TOPIC,
    onBatch(partition, lastOffset, messages) {
      records += messages.length;
      if (told.MODE === "decode")
        for (const { value } of messages)
          if (value && schemaIdOf(value) !== null) bytes += decoder.decode(value).eventId.length;
      next[String(partition)] = Number(lastOffset) + 1;
    },
  };
}
