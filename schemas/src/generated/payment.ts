// Made by `npm run generate` from schemas/avro. Do not edit.

import type { Agent, Money, Party, Rail } from "./shared.ts";

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
  /** Everyone named in the payment. A payment without a party is held. */
  readonly parties: readonly Party[];
  /** The institutions on the way. */
  readonly agents: readonly Agent[];
  /** Free text for the beneficiary, one line an item. */
  readonly remittanceInformation: readonly string[];
  /** Purpose of the payment, a code or text, as given. */
  readonly purpose: string | null;
}
