import { paymentToScreen, remittanceToScreen, type ScreenableEvent } from "@cordon/decisions";
import type { ScreenedAgent, ScreenedParty } from "@cordon/schemas";
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

test("an event id may be as long as a key can be, and is never empty", () => {
  expect(paymentToScreen(payment({ eventId: "x".repeat(512) })).eventId).toHaveLength(512);
  for (const eventId of ["x".repeat(513), ""])
    expect(() => paymentToScreen(payment({ eventId }))).toThrow("the event id is empty or too long to be a key");
  expect(() => remittanceToScreen(remittance({ eventId: "" }))).toThrow("the event id is empty");
});

test("a time of creation of 0 is none", () => {
  expect([0, 1].map((createdAt) => paymentToScreen(payment({ createdAt })).createdAt)).toEqual([null, 1]);
  expect([0, 1].map((createdAt) => remittanceToScreen(remittance({ createdAt })).createdAt)).toEqual([null, 1]);
});

test("only what there is is told of a payment's conversion and of its texts' places", () => {
  const plain = paymentToScreen(payment());
  expect([plain.conversion, plain.origins, plain.namesNobody]).toEqual([undefined, undefined, undefined]);
  const origins = [{ path: "purpose", sourcePath: "Purp", start: 0, end: 1, pieces: [] }];
  expect(paymentToScreen(payment({ origins })).origins).toEqual(origins);
  const problems = [{ code: "COUNT_MISMATCH", sourcePath: null, detail: "" }];
  const converted = paymentToScreen(payment({ problems }));
  expect([converted.conversion, converted.problems]).toEqual([problems, []]);
});

const nobody = { parties: [] } as const;
const identified = { ...agent("CORRESPONDENT", null), bic: "COBADEFF" };

/** Rows: a payment without parties, and whether it needs none. */
test.each<[string, Parameters<typeof payment>[0], boolean]>([
  ["a request to cancel by an identified bank", { messageType: "camt.056.001.08", agents: [identified] }, true],
  ["a query by one", { messageType: "MT199", agents: [identified] }, true],
  ["the same of an unidentified bank", { messageType: "MT199", agents: [agent("CORRESPONDENT", "--")] }, false],
  ["the same of no bank", { messageType: "MT199", agents: [] }, false],
  ["another message", { messageType: "MT103", agents: [identified] }, false],
  ["a message whose type goes on", { messageType: "MT1991", agents: [identified] }, false],
  ["a message of no type", { messageType: null, agents: [identified] }, false],
  ...(["lei", "name", "clearingId"] as const).map((by): [string, Parameters<typeof payment>[0], boolean] => [
    `a query by a bank that is identified by its ${by}`,
    { messageType: "MT199", agents: [{ ...agent("CORRESPONDENT", null), [by]: "X1" }] },
    true,
  ]),
  [
    "one between a debtor's institution alone and a bank",
    { agents: [{ ...identified, role: "DEBTOR_INSTITUTION" }, identified] },
    false,
  ],
  [
    "one between a bank and a creditor's institution alone",
    { agents: [identified, { ...identified, role: "CREDITOR_INSTITUTION" }] },
    false,
  ],
])("without parties: %s", (_, change, needsNone) => {
  const event = paymentToScreen(payment({ ...nobody, ...change }));
  expect([event.namesNobody === true, event.problems]).toEqual([needsNone, needsNone ? [] : ["FIELD_MISSING"]]);
});

test("a payment with parties is never one that names nobody", () => {
  const event = paymentToScreen(payment({ messageType: "MT199", agents: [identified] }));
  expect([event.namesNobody, event.problems]).toEqual([undefined, []]);
});

function living(role: "DEBTOR" | "CREDITOR" | "OTHER", residence: string): ScreenedParty {
  return { ...party(role, "Ann"), residence };
}

function bankOf(role: "DEBTOR_AGENT" | "CREDITOR_AGENT", bic: string): ScreenedAgent {
  return { ...agent(role, null), bic };
}

test("the facts of a payment are those of both sides, each country once", () => {
  const event = payment({
    parties: [living("DEBTOR", "GB"), living("DEBTOR", "FR"), living("CREDITOR", "IQ"), living("OTHER", "US")],
    agents: [bankOf("DEBTOR_AGENT", "NWBKGB2L"), bankOf("CREDITOR_AGENT", "COBADEFF")],
  });
  expect(paymentToScreen(event).facts?.()).toMatchObject({ from: ["GB", "FR"], to: ["IQ", "DE"] });
  expect(remittanceToScreen(remittance()).facts?.()).toMatchObject({ from: ["GB"], to: ["IQ"], channel: "CASH" });
});

test("a role that we do not know must have a name, and OTHER need not", () => {
  const parties = [party("OTHER", "Ann"), { ...party("OTHER", "Bob"), role: "UNKNOWN" as const }];
  expect(paymentToScreen(payment({ parties })).bearers?.map(({ role, named }) => [role, named])).toEqual([
    ["OTHER", false],
    ["OTHER", true],
  ]);
  const sender = { ...party("SENDER", "Ann"), role: "UNKNOWN" as const };
  expect(remittanceToScreen(remittance({ sender })).bearers?.[0]).toMatchObject({ role: "SENDER", named: true });
});

test("identifiers are those that there are, each as what it is said to be", () => {
  const ann = {
    ...party("DEBTOR", "Ann"),
    identifiers: [{ kind: "PASSPORT" as const, value: "P1", issuer: "GB" }],
    account: { kind: "IBAN" as const, value: "GB1", name: null },
    contact: "+44",
    residence: "GB",
  };
  const bob = { ...withAccount("Bob", party("CREDITOR", "Bob")), contact: "bob@bank.example" };
  const bank = {
    ...agent("DEBTOR_AGENT", "Bank"),
    lei: "L1",
    account: { kind: "OTHER" as const, value: "9", name: "" },
  };
  const { identifiers } = paymentToScreen(payment({ parties: [ann, bob], agents: [bank, identified] }));
  expect(identifiers.map(({ path, kind, issuer, bearer }) => `${path} ${kind} ${issuer ?? "-"} ${bearer}`)).toEqual([
    "parties[0].identifiers[0].value PASSPORT GB party",
    "parties[0].account.value IBAN - account",
    "parties[0].contact PHONE - party",
    "parties[1].account.value ACCOUNT - account",
    "parties[1].contact EMAIL - party",
    "agents[0].lei LEI - agent",
    "agents[0].account.value ACCOUNT - account",
    "agents[1].bic BIC - agent",
  ]);
  expect(identifiers.map(({ facts }) => facts.countries)).toEqual([["GB"], ["GB"], ["GB"], [], [], [], [], ["DE"]]);
  const empty = paymentToScreen(payment());
  expect(empty.identifiers).toEqual([]);
});

test("each text is told by what it is meant to hold", () => {
  const ann = {
    ...party("DEBTOR", "Ann"),
    identifiers: [
      { kind: "PASSPORT" as const, value: "P1", issuer: "Iraq" },
      { kind: "BIC" as const, value: "B1", issuer: null },
    ],
    account: { kind: "IBAN" as const, value: "GB1", name: "Ann" },
    contact: "ann@bank.example",
    birthDate: "in 1980",
    residence: "Leeds",
  };
  const other = { ...withAccount(null, party("CREDITOR", "Bob")), contact: "+44", birthDate: "1980-01-31" };
  const accounts = { ...other, account: { kind: "OTHER" as const, value: "77", name: null } };
  const kinds = paymentToScreen(payment({ parties: [ann, accounts] })).fields.map(
    ({ path, kind }) => `${path} ${kind}`,
  );
  expect(kinds).toEqual([
    "parties[0].name NAME",
    "parties[0].account.name NAME",
    "parties[1].name NAME",
    "parties[0].birthDate BIRTH_DATE",
    "parties[0].residence COUNTRY",
    "parties[0].identifiers[0].value ID",
    "parties[0].identifiers[0].issuer ID",
    "parties[0].identifiers[1].value BIC",
    "parties[0].account.value IBAN",
    "parties[0].contact EMAIL",
    "parties[1].account.value ACCOUNT",
    "parties[1].contact PHONE",
  ]);
});

test("what is known of a party is known of the holder of its account only if both have one name", () => {
  const ann = { ...party("DEBTOR", "Ann"), residence: "GB" };
  const parties = [withAccount("Ann", ann), withAccount("Bob", ann)];
  const { fields } = paymentToScreen(payment({ parties }));
  const holders = fields.filter(({ bearer }) => bearer === "account");
  expect(holders.map(({ facts }) => facts.countries)).toEqual([["GB"], []]);
});

test("an agent's texts are its name, that of the holder of its account, its codes and its address", () => {
  const address = {
    country: "Mars",
    town: "Leeds",
    postCode: "LS1 4AP",
    street: "Kirk",
    lines: ["Flat"],
    region: "York",
  };
  const account = { kind: "OTHER" as const, value: "77", name: "Holder" };
  const { fields, problems } = paymentToScreen(
    payment({ parties: [party("DEBTOR", "Ann")], agents: [{ ...agent("DEBTOR_AGENT", "Bank"), address, account }] }),
  );
  expect(fields.slice(1).map(({ path, kind, place, required }) => [path, kind, place, required])).toEqual([
    ["agents[0].name", "NAME", null, true],
    ["agents[0].account.name", "NAME", null, false],
    ["agents[0].address.country", "COUNTRY", null, false],
    ["agents[0].address.town", "TOWN", "town", false],
    ["agents[0].address.postCode", "ADDRESS", "address", false],
    ["agents[0].address.street", "ADDRESS", "address", false],
    ["agents[0].address.lines[0]", "ADDRESS", "address", false],
    ["agents[0].address.region", "TOWN", "town", false],
    ["agents[0].account.value", "ACCOUNT", null, false],
  ]);
  expect(problems).toEqual([]);
});
