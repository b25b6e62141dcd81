import { paymentToScreen, remittanceToScreen, type ScreenableEvent } from "@cordon/messages";
import { createPartsReader, createScreeningDecoder, type PartsReader, subjectOf, topics } from "@cordon/schemas";

/** Reads values that were written with one schema. Throws RECORD_UNDECODABLE, and nothing else. */
export type ReadEvent = (value: Buffer) => ScreenableEvent;

/** One kind of event: how its records are read, given the text of the schema they were written with. */
export interface EventKind {
  /** Throws RECORD_UNDECODABLE when records of that schema cannot be read as this kind of event. */
  readerFor(writerSchema: string): ReadEvent;
  /** What finds the parts of such records without reading them; null where they must be read in full. */
  partsReaderFor(writerSchema: string): PartsReader | null;
}

export const payments: EventKind = {
  readerFor(writerSchema) {
    const decoder = createScreeningDecoder(subjectOf(topics.payments), writerSchema);
    return (value) => paymentToScreen(decoder.decode(value));
  },
  partsReaderFor: (writerSchema) => createPartsReader(subjectOf(topics.payments), writerSchema),
};

export const remittances: EventKind = {
  readerFor(writerSchema) {
    const decoder = createScreeningDecoder(subjectOf(topics.remittances), writerSchema);
    return (value) => remittanceToScreen(decoder.decode(value));
  },
  partsReaderFor: (writerSchema) => createPartsReader(subjectOf(topics.remittances), writerSchema),
};
