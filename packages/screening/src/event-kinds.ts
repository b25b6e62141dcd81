import { paymentToScreen, remittanceToScreen, type ScreenableEvent } from "@cordon/decisions";
import { CordonError } from "@cordon/errors";
import {
  checkWriter,
  createPartsReader,
  createScreeningDecoder,
  type PartsReader,
  type ScreenedOf,
  subjectOf,
  topics,
} from "@cordon/schemas";

/** Reads values that were written with one schema. Throws RECORD_UNDECODABLE, and nothing else. */
export type ReadEvent = (value: Buffer) => ScreenableEvent;

/** One kind of event: how its records are read, given the text of the schema they were written with. */
export interface EventKind {
  /** Throws RECORD_UNDECODABLE when records of that schema cannot be read as this kind of event, or would be read as something else. */
  readerFor(writerSchema: string, ignoredFields: IgnoredFields): EventReader;
}

/** Text fields of producers' schemas that ours lack and that the policy lets be, by path: `parties.alias`. */
export type IgnoredFields = ReadonlySet<string>;

/** Reads what was written with one schema. */
export interface EventReader {
  readonly read: ReadEvent;
  /** What finds the parts of such records without reading them; null where they must be read in full. */
  readonly parts: PartsReader | null;
  /** Text fields that are not read and not ignored: every event of the schema is held for them. */
  readonly unread: readonly string[];
}

export const payments: EventKind = kindOf(subjectOf(topics.payments), paymentToScreen);

export const remittances: EventKind = kindOf(subjectOf(topics.remittances), remittanceToScreen);

function kindOf<S extends keyof ScreenedOf>(
  subject: S,
  toScreen: (event: ScreenedOf[S]) => ScreenableEvent,
): EventKind {
  return {
    readerFor(writerSchema, ignoredFields) {
      const decoder = createScreeningDecoder(subject, writerSchema);
      const { unreadTexts, otherMeanings } = checkWriter(subject, writerSchema);
      if (otherMeanings.length > 0)
        throw new CordonError(
          "RECORD_UNDECODABLE",
          `the writer's schema gives ${otherMeanings.join(", ")} another unit or scale than ours`,
        );
      const unread = unreadTexts.filter((path) => !ignoredFields.has(path));
      const read: ReadEvent = (value) => toScreen(decoder.decode(value));
      if (unread.length === 0) return { read, unread, parts: createPartsReader(subject, writerSchema) };
      // What stands in such a field was not screened, so that nothing of this schema can be cleared.
      return { unread, parts: null, read: (value) => unreadIn(read(value)) };
    },
  };
}

function unreadIn(event: ScreenableEvent): ScreenableEvent {
  return { ...event, problems: [...event.problems, "FIELD_UNREAD"] };
}
