import {
  createEncoder,
  decimalFromString,
  madeAsEvent,
  newParty,
  type Payment,
  type Remittance,
  schemaText,
  subjectOf,
  topics,
} from "@cordon/schemas";

const paymentEncoder = createEncoder(subjectOf(topics.payments));
const remittanceEncoder = createEncoder(subjectOf(topics.remittances));

export const paymentSchema = schemaText(subjectOf(topics.payments));
export const remittanceSchema = schemaText(subjectOf(topics.remittances));

type Party = Payment["parties"][number];

export function party(role: Party["role"], name: string, type: Party["type"] = "PERSON"): Party {
  return newParty(role, name, type);
}

const money = { amount: decimalFromString("12.50"), currency: "GBP" };

/** A payment from the first name to the second. */
export function payment(eventId: string, names: readonly string[] = ["Amelia Whitfield", "Oliver Baker"]): Payment {
  const roles = ["DEBTOR", "CREDITOR", "ULTIMATE_CREDITOR"] as const;
  return {
    eventId,
    rail: "FPS",
    messageType: null,
    instructionId: null,
    endToEndId: null,
    uetr: null,
    createdAt: 1_790_000_000_000,
    decideBy: null,
    money,
    parties: names.map((name, at) => party(roles[at] ?? "OTHER", name)),
    agents: [],
    remittanceInformation: [],
    purpose: null,
    ...madeAsEvent,
  };
}

export function remittance(eventId: string, sender: string, beneficiary: string): Remittance {
  return {
    eventId,
    channel: "CASH",
    createdAt: 1_790_000_000_000,
    decideBy: null,
    sendMoney: money,
    payMoney: null,
    fromCountry: "GB",
    toCountry: "IQ",
    sender: party("SENDER", sender),
    beneficiary: party("BENEFICIARY", beneficiary),
    collectionAgent: null,
    payoutAgent: null,
    relationship: null,
    purpose: null,
    message: [],
  };
}

export function encodePayment(value: Payment, schemaId: number): Buffer {
  return paymentEncoder.encode(value, schemaId);
}

export function encodeRemittance(value: Remittance, schemaId: number): Buffer {
  return remittanceEncoder.encode(value, schemaId);
}
