import { paymentToScreen, remittanceToScreen, type ScreenableEvent } from "@cordon/decisions";
import { expect, test } from "vitest";

import { agent, party, payment, remittance, withAccount } from "./events.ts";

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

test("the holders of accounts and the lines of free text of a payment follow, where they say anything", () => {
  const event = paymentToScreen(
    payment({
      parties: [
        withAccount("Ann & Sons", party("DEBTOR", "Ann")),
        withAccount(null, party("CREDITOR", "Bob", "ORGANISATION")),
        withAccount("", party("OTHER", "")),
      ],
      remittanceInformation: ["Invoice 1", "", " "],
      purpose: "GDDS",
    }),
  );
  expect(rows(event)).toEqual([
    "parties[0].name | DEBTOR | Ann | person | required",
    "parties[0].account.name | DEBTOR | Ann & Sons | person | optional",
    "parties[1].name | CREDITOR | Bob | any | required",
    "remittanceInformation[0] | REMITTANCE_INFORMATION | Invoice 1 | text | optional",
    "remittanceInformation[2] | REMITTANCE_INFORMATION |   | text | optional",
    "purpose | PURPOSE | GDDS | text | optional",
  ]);
});

test("those of a remittance as well", () => {
  const event = remittanceToScreen(
    remittance({
      beneficiary: withAccount("Bob & Co", party("BENEFICIARY", "Bob")),
      message: ["for the house"],
      purpose: "family support",
    }),
  );
  expect(rows(event).slice(1)).toEqual([
    "beneficiary.name | BENEFICIARY | Bob | person | required",
    "beneficiary.account.name | BENEFICIARY | Bob & Co | person | optional",
    "message[0] | MESSAGE | for the house | text | optional",
    "purpose | PURPOSE | family support | text | optional",
  ]);
});
