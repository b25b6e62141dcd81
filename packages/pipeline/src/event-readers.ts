import { CordonError } from "@cordon/errors";
import type { ScreenableEvent } from "@cordon/messages";
import { type ConsumedRecord, type PatienceOptions, patiently, type SchemaRegistry } from "@cordon/platform";
import { type PartsReader, schemaIdOf } from "@cordon/schemas";

import type { EventKind, ReadEvent } from "./event-kinds.ts";

/** Reads one record's value. `null`: it can never be read. */
export interface ReadRecord {
  (value: Buffer | null): ScreenableEvent | null;
  /** What finds the parts of that value; `null` where it must be read in full, or cannot be read. */
  partsReader(value: Buffer | null): PartsReader | null;
}

/** Records of one topic. */
export interface BatchToRead {
  readonly topic: string;
  readonly records: readonly Pick<ConsumedRecord, "value">[];
}

export interface EventReaders {
  /**
   * What reads the records of this batch, with a reader for each schema they were written with. Waits, for as long as
   * the registry gives no answer: a record whose schema cannot be had may be perfectly good.
   * Rejects with the signal's reason.
   */
  forBatch(batch: BatchToRead, patience: PatienceOptions): Promise<ReadRecord>;
}

/** `null`: no record of that schema can be read. */
type Reader = { readonly read: ReadEvent; readonly parts: PartsReader | null } | null;

const mostReaders = 1000;
const lookupsAtOnce = 8;

/** Keeps a reader for each topic and writer schema id: building one costs as much as reading hundreds of records. */
export function createEventReaders(registry: SchemaRegistry, kinds: ReadonlyMap<string, EventKind>): EventReaders {
  const known = new Map<string, Map<number, Reader>>([...kinds.keys()].map((topic) => [topic, new Map()]));

  async function forBatch({ topic, records }: BatchToRead, patience: PatienceOptions): Promise<ReadRecord> {
    const kind = kinds.get(topic);
    const kept = known.get(topic);
    if (kind === undefined || kept === undefined)
      throw new CordonError("CONTRACT_VIOLATED", "a batch of a topic that holds no events", { details: { topic } });

    const readers = new Map<number, Reader>();
    const missing = new Set<number>();
    for (const { value } of records) {
      const id = schemaIdOf(value);
      if (id === null || readers.has(id)) continue;
      const reader = kept.get(id);
      if (reader === undefined) missing.add(id);
      else readers.set(id, reader);
    }

    const queue = missing.values();
    const lookUp = async (): Promise<void> => {
      for (const id of queue) {
        const schema = await patiently("the schema registry", () => registry.schemaById(id), patience);
        const reader = schema === null ? null : readerFor(kind, schema);
        readers.set(id, reader);
        // That there is no such schema is for the registry's client to remember, and to forget: it may come.
        if (schema !== null) keep(kept, id, reader);
      }
    };
    await Promise.all(Array.from({ length: Math.min(lookupsAtOnce, missing.size) }, lookUp));

    const readerOf = (value: Buffer | null): Reader => {
      const id = schemaIdOf(value);
      return id === null ? null : (readers.get(id) ?? null);
    };
    const read = (value: Buffer | null): ScreenableEvent | null => {
      const reader = readerOf(value);
      return reader === null || value === null ? null : orNull(() => reader.read(value));
    };
    return Object.assign(read, { partsReader: (value: Buffer | null) => readerOf(value)?.parts ?? null });
  }

  return { forBatch };
}

function readerFor(kind: EventKind, schema: string): Reader {
  return orNull(() => ({ read: kind.readerFor(schema), parts: kind.partsReaderFor(schema) }));
}

/** `null` for what is undecodable; any other error is not the record's fault and goes on. */
function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof CordonError && error.code === "RECORD_UNDECODABLE") return null;
    throw error;
  }
}

function keep(kept: Map<number, Reader>, id: number, reader: Reader): void {
  // Thousands of schemas for one topic are somebody's mistake; reading stays right, only slower.
  if (kept.size >= mostReaders) kept.clear();
  kept.set(id, reader);
}
