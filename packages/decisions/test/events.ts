import {
  type AgentRole,
  madeAsEvent,
  newParty,
  type PartyRole,
  type PartyType,
  type ScreenedAgent,
  type ScreenedParty,
  type ScreenedPayment,
  type ScreenedRemittance,
} from "@cordon/schemas";

const money = { amount: new Uint8Array([1]), currency: "GBP" };

export function party(role: PartyRole, name: string, type: PartyType = "PERSON"): ScreenedParty {
  return newParty(role, name, type);
}

/** A party whose account is held in a name, or in none. */
export function withAccount(holder: string | null, bearer: ScreenedParty): ScreenedParty {
  return { ...bearer, account: { kind: "OTHER", value: "", name: holder } };
}

export function agent(role: AgentRole, name: string | null): ScreenedAgent {
  return { role, name, bic: null, lei: null, clearingId: null, address: null, account: null };
}

/** A payment from Ann to Bob, but for what is said. */
export function payment(change: Partial<ScreenedPayment> = {}): ScreenedPayment {
  return {
    eventId: "e-1",
    rail: "FPS",
    messageType: null,
    instructionId: null,
    endToEndId: null,
    uetr: null,
    createdAt: 1_000,
    decideBy: null,
    money,
    parties: [party("DEBTOR", "Ann Baker"), party("CREDITOR", "Bob Carter")],
    agents: [],
    remittanceInformation: [],
    purpose: null,
    ...madeAsEvent,
    ...change,
  };
}

/** A remittance from Ann to Bob, but for what is said. */
export function remittance(change: Partial<ScreenedRemittance> = {}): ScreenedRemittance {
  return {
    eventId: "r-1",
    channel: "CASH",
    createdAt: 1_000,
    decideBy: null,
    sendMoney: money,
    payMoney: null,
    fromCountry: "GB",
    toCountry: "IQ",
    sender: party("SENDER", "Ann Baker"),
    beneficiary: party("BENEFICIARY", "Bob Carter"),
    collectionAgent: null,
    payoutAgent: null,
    relationship: null,
    purpose: null,
    message: [],
    ...change,
  };
}
