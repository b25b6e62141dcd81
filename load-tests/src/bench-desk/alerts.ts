import { createHash } from "node:crypto";

import {
  type Alert,
  createEncoder,
  type Decision,
  decimalFromString,
  type Payment,
  wireHeaderBytes,
} from "@cordon/schemas";

const syllables = [
  "ka",
  "lo",
  "mi",
  "ne",
  "ro",
  "sa",
  "te",
  "vu",
  "wen",
  "dra",
  "shi",
  "bor",
  "qal",
  "fey",
  "jun",
  "zar",
];

const sha = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A made-up word that follows from a number; few numbers share one. */
function word(number: number): string {
  const parts = [number & 15, (number >> 4) & 15, (number >> 8) & 15].map((at) => syllables[at] ?? "");
  const [first = "", ...rest] = parts.join("");
  return first.toUpperCase() + rest.join("");
}

const index = { version: sha("index"), generation: 5, lists: [] };
const encodePayment = createEncoder("payments.v1-value");

export interface Arriving {
  readonly eventId: string;
  readonly alert: Alert;
  readonly decision: Decision;
}

/** An alert of the size that they have, with its event and one match, and the decision that goes with it. Invented. */
export function arriving(number: number, { topic, now }: { readonly topic: string; readonly now: number }): Arriving {
  const eventId = `bench-${String(number)}`;
  const name = `${word(number)} ${word(number * 7919)}`;
  const place = { sourceTopic: topic, sourcePartition: number % 6, sourceOffset: number };
  const alertId = sha(`alert ${eventId}`).slice(0, 32);
  const designationId = `uk:BENCH${String(number % 20_000)}`;
  const common = { eventId, ...place, index, engineVersion: "bench", policyVersion: "bench" };
  const money = { amount: decimalFromString("1250.00"), currency: "EUR" };
  const alert: Alert = {
    ...common,
    alertId,
    raisedAt: now,
    money,
    rail: "SWIFT",
    matches: [
      {
        designationId,
        list: "uk",
        regime: "Bench",
        regimeCode: "BEN",
        measures: ["Asset freeze", "Travel ban", "Director disqualification"],
        designationType: "PERSON",
        primaryName: name.toUpperCase(),
        matchedName: name.toUpperCase(),
        nameKind: "PRIMARY",
        nameStrength: "UNKNOWN",
        score: 86 + (number % 14),
        field: {
          path: "parties[1].name",
          role: "CREDITOR",
          text: name,
          start: 0,
          end: name.length,
          sourcePath: null,
          sourceStart: null,
          sourceEnd: null,
        },
        reasons: name.split(" ").map((detail) => ({ kind: "exact", detail, points: 43 })),
        summary: "The creditor's name is like a listed one.",
        designatedOn: null,
        birthDates: [],
        nationalities: [],
        identifier: null,
        designationHash: sha(designationId),
        partyFingerprint: sha(name),
        fingerprintFields: ["name", "account"],
        goodGuyId: null,
      },
    ],
    matchesLeftOut: 0,
    origin: "STREAM",
    lookBackId: null,
    event: encodePayment.encode(payment(eventId, { name, now, money }), 1).subarray(wireHeaderBytes),
    eventSchemaId: 1,
    customerId: null,
    resubmission: null,
  };
  const decision: Decision = {
    ...common,
    outcome: "HIT",
    holdReason: null,
    alertId,
    fieldsScreened: 6,
    decidedAt: now,
    setAside: [],
    goodGuys: null,
    fieldsLeftOut: 0,
    told: [],
  };
  return { eventId, alert, decision };
}

function payment(
  eventId: string,
  { name, now, money }: { readonly name: string; readonly now: number; readonly money: Payment["money"] },
): Payment {
  return {
    eventId,
    rail: "SWIFT",
    messageType: null,
    instructionId: eventId,
    endToEndId: eventId,
    uetr: null,
    createdAt: now,
    decideBy: null,
    money,
    parties: ["DEBTOR", "CREDITOR"].map((role, n) => ({
      role: role as "DEBTOR" | "CREDITOR",
      name: n === 1 ? name : "Wilf Harkness",
      type: "PERSON",
      address: {
        country: "GB",
        town: "Whitstable",
        postCode: "CT5 1AB",
        street: `${String(12 + n)} Long Lane`,
        lines: ["Second floor", "The Old Mill"],
        region: "Kent",
      },
      birthDate: null,
      birthPlace: null,
      nationalities: [],
      residence: null,
      identifiers: [],
      account: { kind: "OTHER", value: `${eventId}-${String(n)}`, name: null },
      contact: null,
    })),
    agents: [],
    remittanceInformation: [
      `Invoice ${eventId} of this month, as agreed by telephone with the office in Kent`,
      "Services rendered in connection with the delivery of office furniture",
    ],
    purpose: null,
    instructions: [],
    regulatoryReporting: [],
    source: null,
    problems: [],
    origins: [],
  };
}
