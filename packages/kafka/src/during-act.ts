import { randomUUID } from "node:crypto";

import { type OperatorAct, type OperatorActRecord, recordAct, type RecordActOptions } from "./operator-acts.ts";
import type { KafkaClient } from "./port.ts";

export interface DuringActOptions extends RecordActOptions {
  readonly kafka: Pick<KafkaClient, "admin" | "check" | "producer">;
  readonly now: () => number;
  /**
   * Told of every record, also where Kafka has it: a log is a record, too. `unrecorded` is why the topic has not.
   */
  readonly onRecord: (record: OperatorActRecord, unrecorded: Error | null) => void;
}

/**
 * Does `work` between the records that it begins and what came of it: `outcome` says that in a few words, without a party's
 * name. A topic that cannot be written is no reason not to act: Kafka may be what is broken. Rejects with what `work` rejects with.
 */
export async function duringAct<T>(
  act: OperatorAct,
  work: () => Promise<T>,
  { kafka, now, onRecord, outcome, ...topic }: DuringActOptions & { readonly outcome: (result: T) => string },
): Promise<T> {
  const id = randomUUID();
  const write = async (state: OperatorActRecord["state"], what: string | null): Promise<void> => {
    const record: OperatorActRecord = {
      format: 1,
      id,
      state,
      ...act,
      outcome: what,
      at: new Date(now()).toISOString(),
    };
    const failure = await recordAct(kafka, record, topic).then(
      () => null,
      (error: unknown) => (error instanceof Error ? error : new Error("unknown", { cause: error })),
    );
    onRecord(record, failure);
  };
  await write("begun", null);
  let result: T;
  try {
    result = await work();
  } catch (error) {
    const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "an error";
    await write("failed", code);
    throw error;
  }
  await write("done", outcome(result));
  return result;
}
