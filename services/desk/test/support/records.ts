import { createHash } from "node:crypto";

import {
  type Alert,
  createEncoder,
  decimalFromString,
  type Decision,
  type ListChange,
  type Match,
  type Payment,
  schemaText,
  wireHeaderBytes,
} from "@cordon/schemas";

const sha = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Invented, like everybody here. */
export const somebody = "Tamsin Orrell";

export function match(change: Partial<Match> = {}): Match {
  const designationId = change.designationId ?? "uk:TEST1";
  return {
    designationId,
    list: "uk",
    regime: "Irregular migration",
    regimeCode: "GIM",
    measures: ["Asset freeze"],
    designationType: "PERSON",
    primaryName: "Tamsyn ORELL",
    matchedName: "Tamsyn ORELL",
    nameKind: "PRIMARY",
    nameStrength: "UNKNOWN",
    score: 93.5,
    field: {
      path: "parties[1].name",
      role: "CREDITOR",
      text: somebody,
      start: 0,
      end: somebody.length,
      sourcePath: null,
      sourceStart: null,
      sourceEnd: null,
    },
    reasons: [{ kind: "exact", detail: "Tamsin", points: 93.5 }],
    summary: "The creditor's name is like a listed one.",
    designatedOn: null,
    birthDates: [],
    nationalities: [],
    identifier: null,
    designationHash: sha(`${designationId} 1`),
    partyFingerprint: sha(`fingerprint ${somebody}`),
    fingerprintFields: ["name", "account"],
    goodGuyId: null,
    ...change,
  };
}

const payment: Payment = {
  eventId: "e-1",
  rail: "SWIFT",
  messageType: null,
  instructionId: null,
  endToEndId: null,
  uetr: null,
  createdAt: 1_790_000_000_000,
  decideBy: null,
  money: { amount: decimalFromString("950"), currency: "GBP" },
  parties: ["DEBTOR", "CREDITOR"].map((role, n) => ({
    role: role as "DEBTOR" | "CREDITOR",
    name: n === 1 ? somebody : "Wilf Harkness",
    type: "PERSON",
    address: null,
    birthDate: null,
    birthPlace: null,
    nationalities: [],
    residence: null,
    identifiers: [],
    account: { kind: "OTHER", value: `acc-${String(n)}`, name: null },
    contact: null,
  })),
  agents: [],
  remittanceInformation: [],
  purpose: null,
  instructions: [],
  regulatoryReporting: [],
  source: null,
  problems: [],
  origins: [],
};

const index = { version: sha("index 1"), generation: 5, lists: [] };

export function alert(offset: number, change: Partial<Alert> = {}): Alert {
  const eventId = change.eventId ?? `e-${String(offset)}`;
  return {
    alertId: sha(`alert ${eventId} ${String(offset)}`).slice(0, 32),
    eventId,
    sourceTopic: "payments.v1",
    sourcePartition: 0,
    sourceOffset: offset,
    raisedAt: Date.now() - 60_000,
    index,
    engineVersion: "12",
    policyVersion: "p",
    money: payment.money,
    rail: "SWIFT",
    matches: [match()],
    matchesLeftOut: 0,
    origin: "STREAM",
    lookBackId: null,
    event: createEncoder("payments.v1-value")
      .encode({ ...payment, eventId }, 1)
      .subarray(wireHeaderBytes),
    eventSchemaId: null,
    customerId: null,
    resubmission: null,
    ...change,
  };
}

export function decision(offset: number, outcome: Decision["outcome"], change: Partial<Decision> = {}): Decision {
  return {
    eventId: `e-${String(offset)}`,
    sourceTopic: "payments.v1",
    sourcePartition: 0,
    sourceOffset: offset,
    outcome,
    holdReason: outcome === "HOLD" ? "NAME_UNREADABLE" : null,
    alertId: null,
    fieldsScreened: 2,
    index,
    engineVersion: "12",
    policyVersion: "p",
    decidedAt: Date.now(),
    setAside: [],
    goodGuys: null,
    fieldsLeftOut: 0,
    told: [],
    ...change,
  };
}

export function listChange(designationId: string, hash: string | null, change: Partial<ListChange> = {}): ListChange {
  return {
    designationId,
    list: "uk",
    change: hash === null ? "REMOVED" : "AMENDED",
    primaryName: "Tamsyn ORELL",
    regime: "Irregular migration",
    changedFields: ["names"],
    indexVersion: sha("index 2"),
    generation: 6,
    at: Date.now(),
    designationHash: hash,
    ...change,
  };
}

export const paymentsSchema = (): string => schemaText("payments.v1-value");
