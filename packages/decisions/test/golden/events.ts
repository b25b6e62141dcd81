import type { Designation } from "@cordon/matching";
import type { ScreenedAgent, ScreenedParty } from "@cordon/schemas";

import { paymentToScreen, type PolicyRule, remittanceToScreen, type ScreenableEvent } from "../../src/index.ts";
import { agent, party, payment, remittance, withAccount } from "../events.ts";
import { listed } from "../fake-index.ts";

/** It says and asks several things, so that the order in which a version takes them shows. */
export const fixedRule: PolicyRule = {
  name: "Small domestic payments",
  because: "b",
  when: { rail: ["FPS"], event: "payment", amount: { currency: "GBP", below: "100", atLeast: "1" } },
  apply: { threshold: 95, lists: { only: ["uk", "un"], except: ["eu"] }, places: "tell" },
};

/** Invented, of every type, with what evidence and identifiers need. */
export const designations: readonly Designation[] = [
  listed("uk:A1", "Goran Jalal Rasulov", {
    birthDates: [{ date: "1970-01-31", until: null, approximate: false }],
    nationalities: ["RU"],
    identifiers: [{ kind: "PASSPORT", value: "C4410221", note: null }],
  }),
  listed("uk:A2", "Northern Lantern Shipping", {
    type: "ORGANISATION",
    identifiers: [
      { kind: "BIC", value: "NLSHRUMM", note: null },
      { kind: "EMAIL", value: "desk@lantern.example", note: null },
      { kind: "TAX_ID", value: "7707083893", note: null },
    ],
  }),
  listed("un:B1", "Ariadne Pearl", { type: "VESSEL", identifiers: [{ kind: "IMO", value: "9278064", note: null }] }),
  listed("un:B2", "Mirwais Kadirbek", {
    names: [
      { text: "Mirwais Kadirbek", kind: "PRIMARY", strength: "STRONG" },
      { text: "Abu Zarqun", kind: "ALIAS", strength: "WEAK" },
    ],
  }),
  listed("un:B3", "Zarqun Brigade", { type: "OTHER", references: [] }),
];

const names = [
  "Amelia Whitcombe",
  "Goran Jalal Rasulov",
  "RASULOV, Goran",
  "Northern Lantern Shipping",
  "Amelia Whitcombe c/o Goran Jalal Rasulov",
  "Goran Jalal Rasulov, 14 Mill Lane, Harrow",
  "Ariadne Pearl",
  "Abu Zarqun",
  "Mirwais Kadirbek",
  "&#71;oran Jalal Rasulov",
  "Jon D\uFFFDe",
  "—",
  "",
  "Oliver Baker",
];
const lines = [
  "Invoice 4711",
  "for Goran Jalal Rasulov",
  "Goran Jalal",
  "Rasulov and others",
  "IMO 9278064",
  "desk@lantern.example",
  "INN 7707083893",
  "passport C4410221",
  "12 Rasulov Street",
  "Ariadne Pearl to Harrow",
  "\u0627\u0644\u0642\u0627",
  "x".repeat(5000),
  "",
];
const references = [
  "E2E-2026-000123",
  "123e4567-e89b-12d3-a456-426614174000",
  "NLSHRUMM",
  "RASULOV-GORAN-1",
  "NOTPROVIDED",
];
const roles = ["DEBTOR", "CREDITOR", "OTHER", "ULTIMATE_DEBTOR"] as const;
const types = ["PERSON", "ORGANISATION", "UNKNOWN", "VESSEL"] as const;
const dates = [null, "1970-01-31", "1988-05-05", "1970"];

/** Mulberry32: the same numbers on every machine. */
function seeded(seed: number): <T>(values: readonly T[]) => T {
  let state = seed;
  return (values) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return values.at(((t ^ (t >>> 14)) >>> 0) % values.length)!;
  };
}

/** Two hundred, the same for ever. */
export function fixedEvents(): readonly ScreenableEvent[] {
  const pick = seeded(20_261_129);
  const rarely = (values: readonly string[]): string => (pick([0, 0, 0, 1]) === 0 ? "Amelia Whitcombe" : pick(values));
  const line = (): string => (pick([0, 0, 1]) === 0 ? "Invoice 4711" : pick(lines));

  const anyParty = (): ScreenedParty => {
    const plain = { ...party(pick(roles), rarely(names), pick(types)), birthDate: pick(dates) };
    const address = {
      country: "GB",
      town: pick(["Harrow", "Rasulov"]),
      postCode: null,
      street: line(),
      lines: [line()],
      region: null,
    };
    const identifiers = [{ kind: "OTHER" as const, value: pick(["C4410221", "P1234567", "9278064"]), issuer: null }];
    const more = pick([
      {},
      { address },
      { identifiers },
      { contact: pick(["+44 20 7946 0000", "desk@lantern.example"]) },
      { birthPlace: line() },
    ]);
    const whole: ScreenedParty = { ...plain, ...more };
    return pick([0, 1, 2]) === 0 ? withAccount(rarely(names), whole) : whole;
  };
  const anyAgent = (): ScreenedAgent => ({
    ...agent("DEBTOR_AGENT", pick([null, "Mill Lane Bank", "Northern Lantern Shipping, Harrow Branch"])),
    bic: pick([null, "NLSHRUMM", "MLLNGB2L"]),
  });

  return Array.from({ length: 200 }, (_, at): ScreenableEvent => {
    const decideBy = pick([null, null, 999, 1000, 1001]);
    if (at % 3 === 0)
      return remittanceToScreen(
        remittance({
          eventId: `r-${String(at)}`,
          decideBy,
          sender: anyParty(),
          beneficiary: anyParty(),
          payoutAgent: pick([null, anyAgent()]),
          relationship: pick([null, "brother", "partner of Mirwais Kadirbek"]),
          message: [line(), line()],
        }),
      );
    return paymentToScreen(
      payment({
        eventId: `p-${String(at)}`,
        decideBy,
        parties: pick([[], [anyParty()], [anyParty(), anyParty()], [anyParty(), anyParty()]]),
        agents: pick([[], [anyAgent()]]),
        endToEndId: pick([null, ...references]),
        remittanceInformation: [line(), line(), line()].slice(pick([0, 1, 2, 3])),
        purpose: pick([null, "rent"]),
      }),
    );
  });
}
