import { paymentToScreen, remittanceToScreen, type ScreenableEvent } from "@cordon/messages";
import { expect, test } from "vitest";

import { agent, party, payment, remittance } from "./events.ts";

function rows({ fields }: ScreenableEvent): readonly string[] {
  return fields.map(
    (f) => `${f.path} | ${f.role} | ${f.text} | ${f.comparison} | ${f.required ? "required" : "optional"}`,
  );
}

test("the names of a payment are those of its parties and of the agents that have one", () => {
  const event = paymentToScreen(
    payment({
      parties: [party("DEBTOR", "Ann"), party("OTHER", ""), party("ULTIMATE_CREDITOR", "Acme", "ORGANISATION")],
      agents: [agent("DEBTOR_AGENT", null), agent("CORRESPONDENT", "Good Bank"), agent("OTHER", "Some Bank")],
    }),
  );
  expect(rows(event)).toEqual([
    "parties[0].name | DEBTOR | Ann | person | required",
    "parties[2].name | ULTIMATE_CREDITOR | Acme | any | required",
    "agents[1].name | CORRESPONDENT | Good Bank | any | required",
    "agents[2].name | OTHER | Some Bank | any | optional",
  ]);
  expect(event).toMatchObject({ eventId: "e-1", rail: "FPS", money: { currency: "GBP" }, problems: [] });
});

test("the names of a remittance have the role of their place where their own says nothing", () => {
  const event = remittanceToScreen(
    remittance({
      sender: party("OTHER", "Ann"),
      beneficiary: party("CREDITOR", "Bob", "UNKNOWN"),
      collectionAgent: agent("OTHER", "Shop One"),
      payoutAgent: agent("CORRESPONDENT", "Shop Two"),
    }),
  );
  expect(rows(event)).toEqual([
    "sender.name | SENDER | Ann | person | required",
    "beneficiary.name | CREDITOR | Bob | any | required",
    "collectionAgent.name | COLLECTION_AGENT | Shop One | any | required",
    "payoutAgent.name | CORRESPONDENT | Shop Two | any | required",
  ]);
  expect(event).toMatchObject({ eventId: "r-1", rail: null, money: { currency: "GBP" }, problems: [] });
});
