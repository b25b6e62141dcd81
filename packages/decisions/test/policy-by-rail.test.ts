import {
  compilePolicy,
  paymentToScreen,
  type Policy,
  readPolicyFile,
  remittanceToScreen,
  screenEvent,
  toDecision,
} from "@cordon/decisions";
import { compileSnapshot, openSnapshot } from "@cordon/matching";
import type { ScreenedPayment } from "@cordon/schemas";
import { expect, test } from "vitest";

import { agent, party, payment, remittance } from "./events.ts";
import { listed } from "./fake-index.ts";

/* A firm's policy as issue 17 asks for it: remittances to one country at 80, domestic instant payments without text. */

const LISTED = "Goran Jalal Rasulov";
/** Without its middle part: 89.28, which is under the policy's usual threshold. */
const NEAR = "Goran Rasulov";
const index = openSnapshot(compileSnapshot([listed("uk:1", LISTED)]));

const text = `version: 1
defaults: { threshold: 92 }
rules:
  - name: Remittances to Iraq
    when: { event: remittance, to: [IQ] }
    apply: { threshold: 80 }
  - name: Domestic instant payments without text
    because: texts are screened where they are written
    when: { rail: [FPS, SEPA_INSTANT], from: [GB], to: [GB], kind: [TEXT] }
    apply: { screened: false }
`;

function policyOf(file: string): Policy {
  const read = readPolicyFile(file);
  if (read.kind !== "policy") throw new Error(JSON.stringify(read.faults));
  return read.policy;
}
const ours = policyOf(text);
const usual = compilePolicy({ threshold: 92 });

const banks = (to: string) => [
  { ...agent("DEBTOR_AGENT", null), bic: "TIDEGB2L" },
  { ...agent("CREDITOR_AGENT", null), bic: `TIDE${to}2L` },
];
const pays = (rail: ScreenedPayment["rail"], said: string, { to = "GB", creditor = "Bob Carter" } = {}) =>
  paymentToScreen(
    payment({
      rail,
      agents: banks(to),
      remittanceInformation: [said],
      parties: [party("DEBTOR", "Ann Baker"), party("CREDITOR", creditor)],
    }),
  );
const sends = (toCountry: string, name: string) =>
  remittanceToScreen(remittance({ fromCountry: "GB", toCountry, beneficiary: party("BENEFICIARY", name) }));

function decided(event: ReturnType<typeof pays>, policy: Policy) {
  const outcome = screenEvent(event, index, policy, { indexAge: 0, at: 0 });
  const decision = toDecision(outcome, {
    source: { topic: "t", partition: 0, offset: 0n },
    index: { version: "a".repeat(64), generation: 1, lists: [] },
    engineVersion: "e",
    policyVersion: policy.version,
    at: 0,
  });
  return [decision.outcome, decision.fieldsLeftOut, decision.policyVersion];
}

test.each([
  ["a domestic instant payment whose text names somebody", pays("FPS", `for ${LISTED}`), "HIT", "CLEAR", 1],
  ["one of another instant rail", pays("SEPA_INSTANT", `for ${LISTED}`), "HIT", "CLEAR", 1],
  ["one to a party that is listed", pays("FPS", "rent", { creditor: LISTED }), "HIT", "HIT", 1],
  ["one that goes abroad", pays("FPS", `for ${LISTED}`, { to: "US" }), "HIT", "HIT", 0],
  ["one by another rail", pays("SWIFT", `for ${LISTED}`), "HIT", "HIT", 0],
  ["a remittance to that country for somebody of a near name", sends("IQ", NEAR), "CLEAR", "HIT", 0],
  ["one to another country", sends("TR", NEAR), "CLEAR", "CLEAR", 0],
  ["one to that country for nobody", sends("IQ", "Bob Carter"), "CLEAR", "CLEAR", 0],
] as const)("%s", (_what, event, before, after, leftOut) => {
  expect(decided(event, usual)).toEqual([before, 0, usual.version]);
  expect(decided(event, ours)).toEqual([after, leftOut, ours.version]);
  expect(ours.version).not.toBe(usual.version);
});
