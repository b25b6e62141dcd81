import type { Database } from "../database/connect.ts";
import type { KnownSchemas } from "../ingest/schemas-known.ts";
import type { MasterKey } from "../sealing/keys.ts";
import type { MonthKeys } from "../sealing/month-keys.ts";
import type { SampleShares } from "./draw.ts";
import type { EntryBook } from "./entry-book.ts";

/** What the work of people is done with. */
export interface DeskDeps {
  readonly database: Database;
  readonly master: MasterKey;
  readonly keys: MonthKeys;
  readonly schemas: KnownSchemas;
  readonly entries: EntryBook;
  /** Reads an event where it lies in Kafka; null where it is kept no more, or Kafka gives no answer. */
  readonly readEvent: (place: EventPlace) => Promise<{ readonly body: Uint8Array; readonly schemaId: number } | null>;
  /** Version of this build. */
  readonly version: string;
  /** How long a taken alert is its taker's without a word, minutes. */
  readonly leaseMinutes: number;
  /** How much is drawn for a second look. */
  readonly samples: SampleShares;
}

export interface EventPlace {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}
