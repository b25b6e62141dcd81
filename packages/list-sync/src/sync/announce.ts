import { CordonError, dispositionOf } from "@cordon/errors";
import type { IndexStore } from "@cordon/index-store";
import type { OutRecord, Producer } from "@cordon/kafka";
import type { Encoder, ListChange } from "@cordon/schemas";

import type { ListSyncTelemetry } from "../telemetry.ts";
import { decodeOutbox, type Outbox } from "./outbox.ts";

export interface AnnounceDeps {
  readonly store: IndexStore;
  readonly producer: Producer;
  readonly topic: string;
  readonly encoder: Encoder<ListChange>;
  readonly schemaId: number;
  readonly telemetry: ListSyncTelemetry;
}

const changesPerSend = 2000;

/**
 * Sends what every pending outbox owes, oldest first, and only then forgets it: a crash in between announces again,
 * which the compacted topic takes. True when nothing is owed any more. A failure is reported and not thrown, unless
 * nobody foresaw it: announcing must not keep the lists from being synced.
 */
export async function announce({ store, telemetry, ...deps }: AnnounceDeps): Promise<boolean> {
  try {
    const pending = await store.pendingOutboxes();
    telemetry.outboxesPending({ pending: pending.length });
    let left = pending.length;
    for (const { generation, outbox } of pending) {
      const owed = decodeOutbox(outbox);
      await sendAll(owed, { generation, ...deps });
      await store.outboxDone(generation);
      telemetry.changesAnnounced({ generation, ...countKinds(owed) });
      telemetry.outboxesPending({ pending: --left });
    }
    return true;
  } catch (error) {
    if (!(error instanceof CordonError)) throw error;
    if (dispositionOf(error) === "halt" && error.code !== "CONTRACT_VIOLATED") throw error;
    telemetry.announceFailed({ error });
    return false;
  }
}

async function sendAll(
  { indexVersion, at, changes }: Outbox,
  {
    generation,
    producer,
    topic,
    encoder,
    schemaId,
  }: Omit<AnnounceDeps, "store" | "telemetry"> & { readonly generation: number },
): Promise<void> {
  for (let from = 0; from < changes.length; from += changesPerSend) {
    const records = changes.slice(from, from + changesPerSend).map((change): OutRecord => ({
      topic,
      key: Buffer.from(change.designationId, "utf8"),
      value: encoder.encode({ ...change, indexVersion, generation, at }, schemaId),
    }));
    await producer.send(records);
  }
}

function countKinds({ changes }: Outbox): { added: number; amended: number; removed: number } {
  const counts = { added: 0, amended: 0, removed: 0 };
  for (const { change } of changes)
    counts[change === "ADDED" ? "added" : change === "REMOVED" ? "removed" : "amended"]++;
  return counts;
}
