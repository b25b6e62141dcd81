// Made by `npm run generate` from schemas/avro. Do not edit.

import type { Agent, Money, Party, Rail } from "./shared.ts";

/** Which message an event was made from. The message itself does not travel. */
export interface MessageSource {
  /** What it is, with the version: pacs.008.001.08, MT202COV. */
  readonly format: string;
  /** The message's own id, as its sender gave it. */
  readonly messageId: string;
  /** Who sent it, as the message says. */
  readonly sender: string | null;
  /** Who it was sent to, as the message says. */
  readonly receiver: string | null;
  /** Which of its transactions this is, from 0. */
  readonly transaction: number;
  /** How many transactions it has. */
  readonly transactions: number;
  /** SHA-256 of the bytes received, hexadecimal. */
  readonly sha256: string;
  /** How many bytes were received. */
  readonly bytes: number;
  /** Where the caller keeps the original. */
  readonly reference: string | null;
}

/** A run of an event's text, up to the next piece, and the run of the message it was made from. */
export interface Piece {
  /** Where the run begins in the event's text. */
  readonly at: number;
  /** Path in the message. */
  readonly sourcePath: string;
  /** Where it begins in the message. */
  readonly start: number;
  /** Where it ends in the message, exclusive. */
  readonly end: number;
}

/** Where a text of the event stands in the message it was made from. Offsets are UTF-16 units of the decoded message. */
export interface Origin {
  /** Path of the text in the event, such as parties[1].name. */
  readonly path: string;
  /** Path in the message: CdtTrfTxInf[0]/Dbtr/Nm, 50K[1]. */
  readonly sourcePath: string;
  /** Where it begins in the message. */
  readonly start: number;
  /** Where it ends in the message, exclusive. */
  readonly end: number;
  /** Empty where the text is the message's own characters from start to end; else which run of the text is which run of the message. */
  readonly pieces: readonly Piece[];
}

/** Something of a message that an event does not tell, or that stood where it does not belong. */
export interface ConversionProblem {
  /** An error code of Cordon's, such as FIELD_UNREAD. */
  readonly code: string;
  /** Where in the message. */
  readonly sourcePath: string | null;
  /** What is wrong, in words; never quotes the message. */
  readonly detail: string;
}

/** A bank payment to be screened before it moves on. */
export interface Payment {
  /** The event's own id, unique for ever. It is the record's key, and the key of all that follows from it. */
  readonly eventId: string;
  /** The payment system that carries it. */
  readonly rail: Rail;
  /** Type of the message it came as, such as pacs.008 or MT103. */
  readonly messageType: string | null;
  /** The instructing party's reference. */
  readonly instructionId: string | null;
  /** The originator's reference, carried to the beneficiary. */
  readonly endToEndId: string | null;
  /** Unique end-to-end transaction reference, a UUID. */
  readonly uetr: string | null;
  /** When the event was made, milliseconds since the epoch. */
  readonly createdAt: number;
  /** When the producer needs a decision, milliseconds since the epoch. Information for consumers of the decision. */
  readonly decideBy: number | null;
  /** What is paid. */
  readonly money: Money;
  /** Everyone named in the payment. A payment without a party is held, unless it is one between institutions that are both identified, or a message about another payment. */
  readonly parties: readonly Party[];
  /** The institutions on the way. */
  readonly agents: readonly Agent[];
  /** Free text for the beneficiary, one line an item. */
  readonly remittanceInformation: readonly string[];
  /** Purpose of the payment, a code or text, as given. */
  readonly purpose: string | null;
  /** Texts for agents, one line an item: field 72 and 23E of SWIFT FIN, InstrForCdtrAgt and InstrForNxtAgt of ISO 20022. */
  readonly instructions: readonly string[];
  /** What is told to authorities, one line an item: field 77B, RgltryRptg. */
  readonly regulatoryReporting: readonly string[];
  /** The message that the event was made from. Null: it was made as an event. */
  readonly source: MessageSource | null;
  /** Where in the message each text of the event stands. */
  readonly origins: readonly Origin[];
  /** What of the message could not be converted. Each one holds the event. */
  readonly problems: readonly ConversionProblem[];
}
