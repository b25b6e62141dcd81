import type { Alert, Match } from "../../src/page/wire.ts";

/* Synthetic alerts: every name, number and date is invented. */

const minute = 60_000;

interface Sketch {
  readonly name: string;
  readonly listed: string;
  readonly list: string;
  readonly score: number;
  readonly dueIn: number;
  readonly before?: string;
}

const sketches: readonly Sketch[] = [
  { name: "Ильдар Сафронов", listed: "Ildar Safronov", list: "un", score: 98.1, dueIn: -24 },
  { name: "Al Noor General Trading FZE", listed: "Al-Nour Trading", list: "ofac", score: 93.75, dueIn: -9 },
  { name: "MIRELA DRAGOVIC", listed: "Mirela Dragović-Hasan", list: "uk", score: 91.4, dueIn: 38, before: "RELEASE" },
  { name: "محمد الزيدان", listed: "Mohammed Zeidan", list: "un", score: 89.33, dueIn: 52 },
  { name: "MT Ocean Petrel", listed: "OCEAN PETREL", list: "ofac", score: 100, dueIn: 58 },
  { name: "Baltic Grain & Feed OÜ", listed: "Baltic Grain", list: "uk", score: 85.21, dueIn: 150 },
  { name: "თამარ ბერიძე", listed: "Tamar Beridze", list: "ofac", score: 90, dueIn: 170 },
  { name: "Γιώργος Παπάς", listed: "Georgios Pappas", list: "uk", score: 87.12, dueIn: 200 },
  { name: "O'Malley Haulage Ltd", listed: "O Malley Haulage", list: "uk", score: 91, dueIn: 220 },
];

export function sampleAlerts(now: number): readonly Alert[] {
  return sketches.map((sketch, index) => alertOf(sketch, index, now));
}

export function alertNamed(name: string, index: number, now: number): Alert {
  return alertOf({ name, listed: `${name} Senior`, list: "uk", score: 88, dueIn: 240 + index }, index, now);
}

function alertOf({ name, listed, list, score, dueIn, before }: Sketch, index: number, now: number): Alert {
  const alertId = (0x5f3a_91c2 + index * 7919).toString(16).padStart(8, "0").repeat(4);
  const match = matchOf({ name, listed, list, score });
  return {
    alertId,
    eventId: `pay-${String(1000 + index)}`,
    state: "OPEN",
    version: 1,
    name,
    designationId: match.designationId,
    list,
    score,
    dueAt: now + dueIn * minute,
    assignee: null,
    holdReason: null,
    matchedName: listed,
    matches: [match],
    event: eventOf(name, index, now),
    entries: [entryOf(match, listed)],
    earlier:
      before === undefined
        ? []
        : [
            {
              decision: "RELEASE",
              reasons: ["BIRTH_DATE", "NATIONALITY"],
              rationale: "Born 1991 in Split, the listed person in 1980. Croatian passport on file since 2019.",
              maker: "Hanna Berg",
              checker: "Chen Wei",
              decidedAt: now - 30 * 24 * 60 * minute,
              unchanged: true,
            },
          ],
    timeline: [{ at: now - 20 * minute, action: "raised" }],
    evidenceHash: `evidence-${String(index)}-1`,
    proposal: null,
    goodGuys: [],
    origin: "STREAM",
    rail: "SWIFT",
    money: { amount: "950.00000", currency: "GBP" },
    raisedAt: now - 20 * minute,
    threshold: 85,
    sourceTopic: "payments.v1",
    sourcePartition: 3,
    sourceOffset: 48_211 + index,
  };
}

function matchOf({ name, listed, list, score }: Omit<Sketch, "dueIn">): Match {
  const [first = listed, second = "", third = ""] = listed.split(/[ -]+/);
  const missing =
    third === ""
      ? []
      : [
          reason(
            "unmatched-in-list",
            `"${third.toLowerCase()}" of the listed name is not in the payment: 40 % of weight 12`,
            -3.6,
          ),
        ];
  const taken = missing.reduce((sum, { points }) => sum + points, 0);
  const half = Math.round((score - taken) * 50) / 100;
  const rest = Math.round((score - taken - half) * 100) / 100;
  return {
    designationId: `${list}:XMP${String(listed.length).padStart(4, "0")}`,
    list,
    regime: "Irregular Migration",
    measures: ["Asset freeze", "Travel ban"],
    designationType: "PERSON",
    primaryName: listed,
    matchedName: listed,
    nameKind: "PRIMARY",
    nameStrength: "STRONG",
    score,
    field: { path: "parties[1].name", role: "CREDITOR", text: name, start: 0, end: name.length },
    reasons: [
      reason("exact", `"${first.toLowerCase()}": 100 % of weight 12`, half),
      reason("exact", `"${second.toLowerCase()}": 100 % of weight 12`, rest),
      ...missing,
      reason("birth-date-conflict", "born 1991-07-03, but listed as 1980", 0),
      reason("nationality-conflict", "HR, but listed as BA", 0),
      reason("country-conflict", "HR, but listed in RS, BA", 0),
      reason("type-agree", "both a person", 0),
    ],
    summary: `The creditor "${name}" matches "${listed}" (${String(score)} %), a person on the ${list.toUpperCase()} list: Irregular Migration.`,
    designatedOn: "2025-07-23",
    birthDates: ["1980"],
    nationalities: ["BA"],
    identifier: null,
    partyFingerprint: "a1".repeat(32),
  };
}

function reason(kind: string, detail: string, points: number): Match["reasons"][number] {
  return { kind, detail, points };
}

function entryOf(match: Match, listed: string): Alert["entries"][number] {
  return {
    id: match.designationId,
    list: match.list,
    type: "PERSON",
    names: [{ text: listed }, { text: "Mira Hasan" }, { text: "Мирела Драговић" }],
    regime: match.regime,
    measures: match.measures,
    birthDates: [{ date: "1980", until: null, approximate: false }],
    nationalities: ["BA"],
    identifiers: [{ kind: "PASSPORT", value: "XX 0418823", note: null }],
    addresses: [{ text: "Ulica Lipa 9, Belgrade, Serbia", country: "RS" }],
    designatedOn: "2025-07-23",
    updatedOn: "2026-09-02",
  };
}

function eventOf(name: string, index: number, now: number): unknown {
  return {
    eventId: `pay-${String(1000 + index)}`,
    rail: "SWIFT",
    messageType: "pacs.008",
    createdAt: now - 21 * minute,
    money: { amount: "950.00000", currency: "GBP" },
    parties: [
      {
        role: "DEBTOR",
        name: "Amelia Whitcombe",
        type: "PERSON",
        address: { country: "GB", town: "Leeds", lines: [] },
      },
      {
        role: "CREDITOR",
        name,
        type: "PERSON",
        address: { country: "HR", lines: ["Ulica Lipa 4", "21000 Split"] },
        birthDate: "1991-07-03",
        nationalities: ["HR"],
        residence: "HR",
        identifiers: [],
        account: { kind: "IBAN", value: "HR00 0000 0000 0000 0000 0", name: null },
      },
    ],
    agents: [{ role: "CREDITOR_AGENT", bic: "ZZBAHR2X", name: null }],
    remittanceInformation: ["RENT JULY, FLAT 2"],
  };
}

export function heldEvent(now: number, holdReason: string, index: number): Alert {
  const base = alertOf(
    { name: "Amelia Whitcombe", listed: "Nobody", list: "uk", score: 0, dueIn: 90 },
    50 + index,
    now,
  );
  return {
    ...base,
    alertId: `hold-${String(index)}`,
    designationId: null,
    list: null,
    score: null,
    matchedName: null,
    holdReason,
    matches: [],
    entries: [],
    earlier: [],
  };
}
