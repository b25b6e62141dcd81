import type { ScreenableEvent } from "@cordon/decisions";
import { CordonError } from "@cordon/errors";
import { type PartsReader, schemaIdOf } from "@cordon/schemas";
import { type PatienceOptions, retryUntilAvailable, type SchemaId, type SchemaRegistry } from "@cordon/service";

import type { EventKind, EventReader, IgnoredFields } from "./event-kinds.ts";
import { type RecordToRead, type Writer, writerInFront, writerInHeader } from "./writer-of.ts";

/** An event; or why the record will never be one, in words that hold nothing of it. */
export type ReadResult =
  | { readonly event: ScreenableEvent; readonly why: null }
  | { readonly event: null; readonly why: string };

/** Reads one record. */
export interface ReadRecord {
  (record: RecordToRead): ReadResult;
  /** What finds the parts of that record's value; `null` where it must be read in full, or cannot be read. */
  partsReader(record: RecordToRead): PartsReader | null;
}

/** Records of one topic. */
export interface BatchToRead {
  readonly topic: string;
  readonly records: readonly RecordToRead[];
}

export interface EventReaders {
  /**
   * What reads the records of this batch, with a reader for each schema they were written with. Waits, for as long as
   * the registry gives no answer: a record whose schema cannot be had may be perfectly good.
   * Rejects with the signal's reason.
   */
  forBatch(batch: BatchToRead, patience: PatienceOptions): Promise<ReadRecord>;
}

/** A schema with text fields that ours lack and nobody said to ignore: each of its events is held. Told once. */
export interface UnreadFields {
  readonly topic: string;
  readonly schema: SchemaId;
  readonly fields: readonly string[];
}

export interface EventReadersOptions {
  readonly registry: Pick<SchemaRegistry, "schemaById">;
  /** By topic. */
  readonly kinds: ReadonlyMap<string, EventKind>;
  readonly ignoredFields: IgnoredFields;
  readonly onUnread?: (found: UnreadFields) => void;
}

/** Or why no record of that schema can be read. */
type Reader = EventReader | { readonly why: string };

const mostReaders = 1000;
const lookupsAtOnce = 8;

/** Keeps a reader for each topic and writer schema: building one costs as much as reading hundreds of records. */
export function createEventReaders({
  registry,
  kinds,
  ignoredFields,
  onUnread = () => undefined,
}: EventReadersOptions): EventReaders {
  const known = new Map([...kinds].map(([topic, kind]) => [topic, { kind, kept: new Map<SchemaId, Reader>() }]));

  async function forBatch({ topic, records }: BatchToRead, patience: PatienceOptions): Promise<ReadRecord> {
    const ofTopic = known.get(topic);
    if (ofTopic === undefined)
      throw new CordonError("CONTRACT_VIOLATED", "a batch of a topic that holds no events", { details: { topic } });
    const { kind, kept } = ofTopic;

    /** None for null, which no schema has for its id. */
    const readers = new Map<SchemaId | null, Reader>();
    const missing = new Set<SchemaId>();
    // Few producers write ids into headers, and a header is not found for nothing: each record is asked once.
    const byHeader = new Map<RecordToRead, Writer>();
    for (const record of records) {
      const writer = writerInHeader(record);
      if (writer !== null) byHeader.set(record, writer);
      const id = writer === null ? schemaIdOf(record.value) : writer.id;
      if (id === null || readers.has(id)) continue;
      const reader = kept.get(id);
      if (reader === undefined) missing.add(id);
      else readers.set(id, reader);
    }

    const queue = missing.values();
    const lookUp = async (): Promise<void> => {
      for (const id of queue) {
        const schema = await retryUntilAvailable("the schema registry", () => registry.schemaById(id), patience);
        if (schema === null) {
          // That there is no such schema is for the registry's client to remember, and to forget: it may come.
          readers.set(id, { why: "the registry has no schema of its id" });
          continue;
        }
        const reader = orWhy(() => kind.readerFor(schema, ignoredFields));
        readers.set(id, reader);
        keep(kept, id, reader);
        if ("unread" in reader && reader.unread.length > 0) onUnread({ topic, schema: id, fields: reader.unread });
      }
    };
    await Promise.all(Array.from({ length: Math.min(lookupsAtOnce, missing.size) }, lookUp));

    const read = (record: RecordToRead): ReadResult => {
      const writer = byHeader.get(record) ?? writerInFront(record);
      if (writer.id === null) return { event: null, why: writer.why };
      const reader = readers.get(writer.id) ?? { why: "its schema was not looked up" };
      if ("why" in reader) return { event: null, why: reader.why };
      return orWhy(
        () => ({ event: reader.read(writer.value), why: null }),
        (why) => ({ event: null, why }),
      );
    };
    const partsReader = (record: RecordToRead): PartsReader | null => {
      if (byHeader.has(record)) return null;
      const reader = readers.get(schemaIdOf(record.value));
      return reader === undefined || "why" in reader ? null : reader.parts;
    };
    return Object.assign(read, { partsReader });
  }

  return { forBatch };
}

/** For what is undecodable its reason, which quotes nothing; any other error is not the record's fault and goes on. */
function orWhy<T, U = { readonly why: string }>(
  read: () => T,
  told: (why: string) => U = (why) => ({ why }) as U,
): T | U {
  try {
    return read();
  } catch (error) {
    if (error instanceof CordonError && error.code === "RECORD_UNDECODABLE") return told(error.message);
    throw error;
  }
}

function keep(kept: Map<SchemaId, Reader>, id: SchemaId, reader: Reader): void {
  // Thousands of schemas for one topic are somebody's mistake; reading stays right, only slower.
  if (kept.size >= mostReaders) kept.clear();
  kept.set(id, reader);
}
