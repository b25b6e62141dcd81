// Made by `npm run generate` from schemas/avro. Do not edit.

import type { Agent, Money, Party } from "./shared.ts";

/** How a remittance is paid out. An unknown symbol is read as OTHER. */
export type RemittanceChannel = (typeof remittanceChannelSymbols)[number];
export const remittanceChannelSymbols = ["OTHER", "CASH", "BANK_DEPOSIT", "MOBILE_WALLET", "CARD", "CRYPTO"] as const;

/** A transfer of money from one person to another through a remittance firm, to be screened before it is paid out. */
export interface Remittance {
  /** The event's own id, unique for ever. It is the record's key, and the key of all that follows from it. */
  readonly eventId: string;
  /** How it is paid out. */
  readonly channel: RemittanceChannel;
  /** When the event was made, milliseconds since the epoch. */
  readonly createdAt: number;
  /** When the producer needs a decision, milliseconds since the epoch. Information for consumers of the decision. */
  readonly decideBy: number | null;
  /** What the sender pays in. */
  readonly sendMoney: Money;
  /** What the beneficiary receives, where it is known. */
  readonly payMoney: Money | null;
  /** Country it is sent from, ISO 3166-1 alpha-2. */
  readonly fromCountry: string;
  /** Country it is paid out in, ISO 3166-1 alpha-2. */
  readonly toCountry: string;
  /** Who sends. A named role, whatever its role field says. */
  readonly sender: Party;
  /** Who receives. A named role, whatever its role field says. */
  readonly beneficiary: Party;
  /** Who takes the money in. */
  readonly collectionAgent: Agent | null;
  /** Who pays the money out. */
  readonly payoutAgent: Agent | null;
  /** What the sender says the beneficiary is to them. */
  readonly relationship: string | null;
  /** What the sender says the money is for. */
  readonly purpose: string | null;
  /** Free text for the beneficiary, one line an item. */
  readonly message: readonly string[];
}
