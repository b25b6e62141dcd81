import type { EventType } from "../json/event-type.ts";
import type { Choice } from "./choose.ts";

/** An event in JSON made by a grammar. Its people are placeholders. */
export function jsonMessage(type: EventType, choice: Choice): string {
  return JSON.stringify(type === "payment" ? payment(choice) : remittance(choice), null, 1);
}

function said(what: string, choice: Choice): string {
  return `Sample ${what} ${String(choice.next())}`;
}

function opt<T>(choice: Choice, make: () => T): T | undefined {
  return choice.maybe() ? make() : undefined;
}

const money = { amount: "12.50", currency: "EUR" };

function address(choice: Choice): object {
  return {
    country: "CH",
    town: said("town", choice),
    postCode: said("code", choice),
    street: said("street", choice),
    region: said("region", choice),
    lines: [said("line", choice), said("line", choice)],
  };
}

function account(choice: Choice): object {
  return { kind: "OTHER", value: said("account", choice), name: said("holder", choice) };
}

function party(choice: Choice, role?: string): object {
  return {
    role,
    type: "PERSON",
    name: said("name", choice),
    address: opt(choice, () => address(choice)),
    birthDate: opt(choice, () => "1971-02-03"),
    birthPlace: opt(choice, () => said("birth", choice)),
    nationalities: ["CH"],
    residence: "CH",
    identifiers: opt(choice, () => [{ kind: "OTHER", value: said("id", choice), issuer: said("issuer", choice) }]),
    account: opt(choice, () => account(choice)),
    contact: opt(choice, () => said("contact", choice)),
  };
}

function agent(choice: Choice, role?: string): object {
  return {
    role,
    bic: "UNCRITMM",
    lei: "529900T8BM49AURSDO55",
    name: said("bank", choice),
    clearingId: "USABA 021000021",
    address: opt(choice, () => address(choice)),
    account: opt(choice, () => account(choice)),
  };
}

function payment(choice: Choice): object {
  return {
    eventId: "sample-1",
    rail: "SWIFT",
    messageType: said("type", choice),
    instructionId: said("instruction", choice),
    endToEndId: said("end", choice),
    createdAt: 1,
    money,
    parties: [party(choice, "DEBTOR"), party(choice, "CREDITOR")],
    agents: opt(choice, () => [agent(choice, "DEBTOR_AGENT")]),
    remittanceInformation: opt(choice, () => [said("text", choice)]),
    purpose: opt(choice, () => said("purpose", choice)),
    instructions: opt(choice, () => [said("text", choice)]),
    regulatoryReporting: opt(choice, () => [said("text", choice)]),
  };
}

function remittance(choice: Choice): object {
  return {
    eventId: "sample-1",
    channel: "CASH",
    createdAt: 1,
    sendMoney: money,
    payMoney: opt(choice, () => money),
    fromCountry: "CH",
    toCountry: "KE",
    sender: party(choice),
    beneficiary: party(choice),
    collectionAgent: opt(choice, () => agent(choice)),
    payoutAgent: opt(choice, () => agent(choice)),
    relationship: opt(choice, () => said("relation", choice)),
    purpose: opt(choice, () => said("purpose", choice)),
    message: opt(choice, () => [said("text", choice)]),
  };
}
