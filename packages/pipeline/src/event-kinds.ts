import { paymentToScreen, remittanceToScreen, type ScreenableEvent } from "@cordon/messages";
import { createScreeningDecoder, subjectOf, topics } from "@cordon/schemas";

/** Reads values that were written with one schema. Throws RECORD_UNDECODABLE, and nothing else. */
export type ReadEvent = (value: Buffer) => ScreenableEvent;

/** One kind of event: how its records are read, given the text of the schema they were written with. */
export interface EventKind {
  /** Throws RECORD_UNDECODABLE when records of that schema cannot be read as this kind of event. */
  readerFor(writerSchema: string): ReadEvent;
}

export const payments: EventKind = {
  readerFor(writerSchema) {
    const decoder = createScreeningDecoder(subjectOf(topics.payments), writerSchema);
    return (value) => paymentToScreen(decoder.decode(value));
  },
};

export const remittances: EventKind = {
  readerFor(writerSchema) {
    const decoder = createScreeningDecoder(subjectOf(topics.remittances), writerSchema);
    return (value) => remittanceToScreen(decoder.decode(value));
  },
};
