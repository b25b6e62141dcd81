import {
  canaryIdPrefix,
  decimalFromString,
  type EventTopic,
  madeAsEvent,
  newParty,
  type PartyType,
  type Payment,
  type Remittance,
  topics,
} from "@cordon/schemas";

import type { KnownBad } from "./known-bad.ts";

export const canaryKinds = ["known_bad", "known_good"] as const;
export type CanaryKind = (typeof canaryKinds)[number];

interface CanaryBase {
  readonly eventId: string;
  readonly kind: CanaryKind;
  /** Whose name it carries; null for what is known to be good. */
  readonly list: string | null;
  /** An alert must name one of them; empty for what is known to be good. */
  readonly designationIds: readonly string[];
}

/** One event to be sent, and what must become of it. */
export type Canary = CanaryBase &
  (
    | { readonly topic: typeof topics.payments; readonly value: Payment }
    | { readonly topic: typeof topics.remittances; readonly value: Remittance }
  );

export interface RoundOptions {
  /** Names this process and the round: no two rounds share one. */
  readonly round: string;
  /** One of each list. */
  readonly knownBad: readonly KnownBad[];
  readonly goodName: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** For each event topic, one known-bad event of each list and one known-good event. */
export function canaryRound({ round, knownBad, goodName, at }: RoundOptions): readonly Canary[] {
  const good = { name: goodName, type: "UNKNOWN" as const, list: null, designationIds: [], mark: "known_good" };
  const bad = knownBad.map(({ text, type, list, designationIds }) => ({
    name: text,
    type,
    list,
    designationIds,
    mark: `known_bad:${list}`,
  }));
  return [...bad, good].flatMap(({ name, type, list, designationIds, mark }) => {
    const base = (topic: EventTopic): CanaryBase => ({
      eventId: `${canaryIdPrefix}${round}:${mark}:${topic}`,
      kind: list === null ? "known_good" : "known_bad",
      list,
      designationIds,
    });
    const payment = base(topics.payments);
    const remittance = base(topics.remittances);
    const other: Beneficiary = { name, type, at, goodName };
    return [
      { ...payment, topic: topics.payments, value: paymentTo(payment.eventId, other) },
      { ...remittance, topic: topics.remittances, value: remittanceTo(remittance.eventId, other) },
    ];
  });
}

interface Beneficiary {
  readonly name: string;
  readonly type: PartyType;
  readonly at: number;
  readonly goodName: string;
}

/** Nothing, in no currency: nobody can take a canary for money. */
const nothing = { amount: decimalFromString("0"), currency: "XXX" };

function paymentTo(eventId: string, { name, type, at, goodName }: Beneficiary): Payment {
  return {
    eventId,
    rail: "INTERNAL",
    messageType: null,
    instructionId: null,
    endToEndId: null,
    uetr: null,
    createdAt: at,
    decideBy: null,
    money: nothing,
    parties: [newParty("DEBTOR", goodName, "UNKNOWN"), newParty("CREDITOR", name, type)],
    agents: [],
    remittanceInformation: [],
    purpose: null,
    ...madeAsEvent,
  };
}

function remittanceTo(eventId: string, { name, type, at, goodName }: Beneficiary): Remittance {
  return {
    eventId,
    channel: "OTHER",
    createdAt: at,
    decideBy: null,
    sendMoney: nothing,
    payMoney: null,
    fromCountry: "GB",
    toCountry: "GB",
    sender: newParty("SENDER", goodName, "UNKNOWN"),
    beneficiary: newParty("BENEFICIARY", name, type),
    collectionAgent: null,
    payoutAgent: null,
    relationship: null,
    purpose: null,
    message: [],
  };
}
