import { createDecoder, schemaIdOf, subjectOf, topics } from "@cordon/schemas";
import { createSchemaRegistry } from "@cordon/service";

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
  /** The same for a library that hands out one message at a time. */
  onMessage(partition: number, offset: bigint, value: Buffer | null | undefined): void;
}

const reportEveryMs = 50;

export async function bareTask(environment: NodeJS.ProcessEnv): Promise<BareTask> {
  const told = environment as Readonly<Record<"KAFKA_BROKERS" | "GROUP" | "TOPIC" | "MODE" | "SCHEMA_ID", string>>;
  const registry = createSchemaRegistry({ url: environment["SCHEMA_REGISTRY_URL"] ?? "" });
  const schema = (await registry.schemaById(Number(told.SCHEMA_ID))) ?? "";
  const decoder = createDecoder(subjectOf(topics.payments), schema);
  const next: Record<string, number> = {};
  /** By partition, as the library has it: converted when it is reported. */
  const offsets: bigint[] = [];
  let records = 0;
  let bytes = 0;
  const work = (value: Buffer | null | undefined): void => {
    if (value && schemaIdOf(value) !== null) bytes += decoder.decode(value).eventId.length;
  };
  const report = (): void => {
    for (const [partition, offset] of Object.entries(offsets)) next[partition] = Number(offset) + 1;
    process.stdout.write(`${JSON.stringify({ progress: next, records, bytes, at: Date.now() })}\n`);
  };
  setInterval(report, reportEveryMs);
  process.stdout.write('{"msg":"counting"}\n');
  return {
    brokers: told.KAFKA_BROKERS.split(","),
    clientId: "cordon-bench",
    groupId: told.GROUP,
    topic: told.TOPIC,
    onBatch(partition, lastOffset, messages) {
      records += messages.length;
      if (told.MODE === "decode") for (const { value } of messages) work(value);
      next[String(partition)] = Number(lastOffset) + 1;
      if (records === messages.length) report();
    },
    onMessage(partition, offset, value) {
      records += 1;
      if (told.MODE === "decode") work(value);
      offsets[partition] = offset;
      // At once: a library that hands out a whole fetch in one go lets no timer run before its end.
      if (records === 1) report();
    },
  };
}
