import type { KafkaClient, Reader } from "@cordon/kafka";
import { schemaIdOf, wireHeaderBytes } from "@cordon/schemas";

import type { DeskDeps } from "./desk-deps.ts";

const patienceMs = 4000;

/** Reads events where they lie in Kafka, for held ones bring none along. A page waits for it some seconds at most. */
export function createEventReader(kafka: Pick<KafkaClient, "reader">): {
  readonly read: DeskDeps["readEvent"];
  readonly close: () => Promise<void>;
} {
  let opening: Promise<Reader> | null = null;
  const reader = (): Promise<Reader> => {
    opening ??= kafka.reader().catch((error: unknown) => {
      opening = null;
      throw error;
    });
    return opening;
  };

  return {
    async read({ topic, partition, offset }) {
      let found: { readonly body: Uint8Array; readonly schemaId: number } | null = null;
      const reading = (async () => {
        const from = BigInt(offset);
        const one = await reader();
        const [kept] = (await one.extent(topic)).filter((range) => range.partition === partition);
        if (kept === undefined || from < kept.from || from >= kept.to) return;
        await one.read([{ topic, partition, from, to: from + 1n }], ({ records }) => {
          for (const { value } of records) {
            const schemaId = schemaIdOf(value);
            if (value !== null && schemaId !== null)
              found = { body: Buffer.from(value.subarray(wireHeaderBytes)), schemaId };
          }
          return Promise.resolve();
        });
      })();
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, patienceMs);
      try {
        await Promise.race([reading.catch(() => {}), late]);
      } finally {
        clearTimeout(timer);
      }
      return found;
    },
    close: async () => {
      const one = await opening?.catch(() => null);
      await one?.close();
    },
  };
}
