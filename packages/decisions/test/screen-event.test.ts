import {
  alertIdOf,
  compilePolicy,
  paymentToScreen,
  remittanceToScreen,
  type ScreenableEvent,
  screenEvent,
  type ScreeningOutcome,
} from "@cordon/decisions";
import { describe, expect, test } from "vitest";

import { agent, party, payment, remittance, withAccount } from "./events.ts";
import { fakeIndex, listed } from "./fake-index.ts";

const index = fakeIndex([
  listed("uk:1", "Vile Smuggler"),
  listed("uk:2", "Vile Shipping", { type: "ORGANISATION" }),
  listed("uk:3", "Sea Vile", { type: "VESSEL" }),
  listed("un:4", "Vile Smuggler"),
]);
const policy = compilePolicy();

function screened(event: ScreenableEvent, indexIsStale = false): ScreeningOutcome {
  return screenEvent(event, index, policy, { indexAge: indexIsStale ? Infinity : 0, at: 0 });
}

test("an index whose age is no number is as old as one that nobody vouches for", () => {
  const event = paymentToScreen(payment({ parties: [party("DEBTOR", "Ann Baker"), party("CREDITOR", "Bob")] }));
  for (const indexAge of [Number.NaN, Infinity])
    expect(screenEvent(event, index, policy, { indexAge, at: 0 })).toMatchObject({
      kind: "hold",
      reason: "INDEX_STALE",
    });
});

/** `CLEAR`, `HIT` or the reason of the hold, and how many texts were compared. */
function told(outcome: ScreeningOutcome): string {
  const word = outcome.kind === "hold" ? outcome.reason : outcome.kind.toUpperCase();
  return `${word}, ${String(outcome.fieldsScreened)} compared`;
}

function onStaleIndex(...parties: readonly ReturnType<typeof party>[]): string {
  return told(screened(paymentToScreen(payment({ parties })), true));
}

const ann = party("DEBTOR", "Ann Baker");
const listedPerson = party("CREDITOR", "Vile Smuggler");

/** Rows: what stands in the event, the parties, the agents, what it leads to. */
describe("a payment", () => {
  test.each([
    ["with innocent names only", [ann, party("CREDITOR", "Bob")], [], "CLEAR, 2 compared"],
    ["with a listed name", [ann, listedPerson], [], "HIT, 2 compared"],
    ["with a listed name in no role", [ann, party("OTHER", "Vile Smuggler")], [], "HIT, 2 compared"],
    ["with a listed bank", [ann], [agent("INTERMEDIARY", "Vile Shipping")], "HIT, 2 compared"],
    ["with a bank of no name, known by its BIC", [ann], [agent("DEBTOR_AGENT", null)], "CLEAR, 1 compared"],

    ["without a party", [], [], "FIELD_MISSING, 0 compared"],
    ["without a party, its bank innocent", [], [agent("DEBTOR_AGENT", "Good Bank")], "FIELD_MISSING, 1 compared"],
    ["with an empty name", [ann, party("CREDITOR", "")], [], "FIELD_MISSING, 1 compared"],
    ["with an empty name in no role", [ann, party("OTHER", "")], [], "CLEAR, 1 compared"],
    ["with nothing but an empty name in no role", [party("OTHER", "")], [], "FIELD_MISSING, 0 compared"],
    ["with nothing but a dash in no role", [party("OTHER", "-")], [], "FIELD_MISSING, 0 compared"],
    ["with a bank of an empty name", [ann], [agent("CREDITOR_AGENT", "")], "FIELD_MISSING, 1 compared"],
    ["with a bank of an empty name in no role", [ann], [agent("OTHER", "")], "CLEAR, 1 compared"],

    ["with a blank name", [ann, party("CREDITOR", "  \t")], [], "NAME_UNREADABLE, 1 compared"],
    ["with a name of symbols only", [ann, party("CREDITOR", "*** ---")], [], "NAME_UNREADABLE, 1 compared"],
    ["with a name in a script that cannot be read", [ann, party("CREDITOR", "ᏣᎳᎩ")], [], "NAME_UNREADABLE, 1 compared"],
    ["with nothing but an unreadable name", [party("DEBTOR", "???")], [], "NAME_UNREADABLE, 0 compared"],
    ["with a blank bank", [ann], [agent("CREDITOR_AGENT", " ")], "NAME_UNREADABLE, 1 compared"],
    ["with a dash in no role", [ann, party("OTHER", "-")], [], "CLEAR, 1 compared"],
    ["with an unreadable script in no role", [ann, party("OTHER", "ᏣᎳᎩ")], [], "NAME_UNREADABLE, 1 compared"],
    ["with a character that was lost", [ann, party("CREDITOR", "B\uFFFDb")], [], "NAME_UNREADABLE, 2 compared"],

    ["with a name too broad to compare", [ann, party("CREDITOR", "BROAD")], [], "QUERY_TOO_BROAD, 1 compared"],
    ["with a name too broad in no role", [ann, party("OTHER", "BROAD")], [], "QUERY_TOO_BROAD, 1 compared"],
    ["with 1,001 parties", Array.from({ length: 1001 }, () => ann), [], "QUERY_TOO_BROAD, 1000 compared"],

    ["hits, and has an empty name", [listedPerson, party("DEBTOR", "")], [], "HIT, 1 compared"],
    ["hits, and has an unreadable name", [listedPerson, party("DEBTOR", "?")], [], "HIT, 1 compared"],
    ["hits, and has a name too broad", [listedPerson, party("DEBTOR", "BROAD")], [], "HIT, 1 compared"],
  ])("%s", (_, parties, agents, expected) => {
    expect(told(screened(paymentToScreen(payment({ parties, agents }))))).toBe(expected);
  });
});

describe("a remittance", () => {
  test.each([
    ["with innocent names only", {}, "CLEAR, 2 compared"],
    ["with a listed sender", { sender: party("SENDER", "Vile Smuggler") }, "HIT, 2 compared"],
    ["with a listed beneficiary", { beneficiary: party("BENEFICIARY", "Vile Smuggler") }, "HIT, 2 compared"],
    ["with a listed payout agent", { payoutAgent: agent("PAYOUT_AGENT", "Vile Shipping") }, "HIT, 3 compared"],
    ["with an agent of no name", { payoutAgent: agent("PAYOUT_AGENT", null) }, "CLEAR, 2 compared"],
    ["with an empty sender whose role was left out", { sender: party("OTHER", "") }, "FIELD_MISSING, 1 compared"],
    [
      "with a blank beneficiary whose role was left out",
      { beneficiary: party("OTHER", " ") },
      "NAME_UNREADABLE, 1 compared",
    ],
    ["with a collection agent of an empty name", { collectionAgent: agent("OTHER", "") }, "FIELD_MISSING, 2 compared"],
  ])("%s", (_, change, expected) => {
    expect(told(screened(remittanceToScreen(remittance(change))))).toBe(expected);
  });
});

/** Rows: what stands in the event beside two innocent names, and what it leads to. */
describe("free text and account holders", () => {
  const nobody = party("OTHER", "");
  test.each([
    ["a line that names nobody", { remittanceInformation: ["Invoice 4711"] }, "CLEAR, 3 compared"],
    ["a line that contains a listed name", { remittanceInformation: ["x", "for Vile Smuggler"] }, "HIT, 4 compared"],
    ["a line that contains a listed ship", { remittanceInformation: ["freight Sea Vile"] }, "HIT, 3 compared"],
    ["a purpose that contains one", { purpose: "Vile Smuggler wages" }, "HIT, 3 compared"],
    ["an innocent purpose", { purpose: "GDDS" }, "CLEAR, 3 compared"],
    ["blank lines and dashes", { remittanceInformation: ["", " ", "--"] }, "CLEAR, 2 compared"],
    ["a line in a script that cannot be read", { remittanceInformation: ["ᏣᎳᎩ"] }, "NAME_UNREADABLE, 2 compared"],
    ["a line too long to search", { remittanceInformation: ["BROAD"] }, "QUERY_TOO_BROAD, 2 compared"],
    ["a hit and a line too long", { remittanceInformation: ["BROAD", "Vile Smuggler"] }, "HIT, 3 compared"],
    [
      "1,000 lines",
      { remittanceInformation: Array.from({ length: 1000 }, () => "x") },
      "QUERY_TOO_BROAD, 1000 compared",
    ],
    ["a listed account holder", { parties: [withAccount("Vile Smuggler", ann)] }, "HIT, 2 compared"],
    ["an account holder of the same name", { parties: [withAccount("Ann Baker", ann)] }, "CLEAR, 2 compared"],
    ["an account of no holder", { parties: [withAccount(null, ann)] }, "CLEAR, 1 compared"],
    ["a blank account holder", { parties: [withAccount(" ", ann)] }, "CLEAR, 1 compared"],
    ["an unreadable account holder", { parties: [withAccount("ᏣᎳᎩ", ann)] }, "NAME_UNREADABLE, 1 compared"],
    ["a line but no name", { parties: [nobody], remittanceInformation: ["Rent"] }, "FIELD_MISSING, 1 compared"],
    ["a listed line but no name", { parties: [nobody], remittanceInformation: ["Vile Smuggler"] }, "HIT, 1 compared"],
    ["a line but no party", { parties: [], remittanceInformation: ["Rent"] }, "FIELD_MISSING, 1 compared"],
  ])("%s", (_, change, expected) => {
    expect(told(screened(paymentToScreen(payment(change))))).toBe(expected);
  });

  test("of a remittance", () => {
    expect(told(screened(remittanceToScreen(remittance({ message: ["to Vile Smuggler"] }))))).toBe("HIT, 3 compared");
    const blank = remittance({ message: [" "], purpose: "savings" });
    expect(told(screened(remittanceToScreen(blank)))).toBe("CLEAR, 3 compared");
  });

  test("a match tells its line and its place in it", () => {
    const outcome = screened(paymentToScreen(payment({ remittanceInformation: ["Rent", "pay Vile Smuggler now"] })));
    expect(outcome).toMatchObject({
      matches: [
        { field: { path: "remittanceInformation[1]", role: "REMITTANCE_INFORMATION" }, start: 4, end: 17 },
        { field: { path: "remittanceInformation[1]" } },
      ],
    });
  });
});

describe("an index that is too old", () => {
  test.each([
    ["holds what would be clear", payment(), "INDEX_STALE, 2 compared"],
    ["does not hide a hit", payment({ parties: [ann, listedPerson] }), "HIT, 2 compared"],
    ["is not told where the event itself is at fault", payment({ parties: [] }), "FIELD_MISSING, 0 compared"],
    [
      "is told where nothing could be compared",
      payment({ parties: [party("OTHER", "")] }),
      "FIELD_MISSING, 0 compared",
    ],
  ])("%s", (_, event, expected) => {
    expect(told(screened(paymentToScreen(event), true))).toBe(expected);
  });
});

test("of several reasons to hold, the one that only the sender can mend is told first", () => {
  const broad = party("DEBTOR", "BROAD");
  const blank = party("CREDITOR", " ");
  const empty = party("ULTIMATE_CREDITOR", "");
  expect(onStaleIndex(broad, blank, empty)).toBe("FIELD_MISSING, 0 compared");
  expect(onStaleIndex(broad, blank)).toBe("NAME_UNREADABLE, 0 compared");
  expect(onStaleIndex(broad)).toBe("QUERY_TOO_BROAD, 0 compared");
});

/** Rows: what a party says it is, the listed name it bears, whether that is a hit. */
describe("a name is compared with entries of the kinds its bearer may be", () => {
  test.each([
    ["PERSON", "Vile Smuggler", "HIT"],
    ["PERSON", "Vile Shipping", "HIT"],
    ["PERSON", "Sea Vile", "CLEAR"],
    ["ORGANISATION", "Vile Smuggler", "HIT"],
    ["ORGANISATION", "Vile Shipping", "HIT"],
    ["ORGANISATION", "Sea Vile", "HIT"],
    ["VESSEL", "Sea Vile", "HIT"],
    ["UNKNOWN", "Vile Smuggler", "HIT"],
    ["UNKNOWN", "Sea Vile", "HIT"],
  ] as const)("%s %s: %s", (type, name, expected) => {
    const event = paymentToScreen(payment({ parties: [party("DEBTOR", name, type)] }));
    expect(told(screened(event))).toBe(`${expected}, 1 compared`);
  });
});

test("each designation and field makes one match, the best first, and the order of the fields decides between equals", () => {
  const parties = [party("DEBTOR", "Mr Vile Smuggler"), party("CREDITOR", "Vile Smuggler")];
  const outcome = screenEvent(paymentToScreen(payment({ parties })), index, compilePolicy({ threshold: 80 }), {
    indexAge: 0,
    at: 0,
  });
  expect(outcome).toMatchObject({ kind: "hit" });
  const matches = outcome.kind === "hit" ? outcome.matches : [];
  expect(matches.map((match) => [match.field.path, match.designation.id, match.score])).toEqual([
    ["parties[1].name", "uk:1", 10_000],
    ["parties[1].name", "un:4", 10_000],
    ["parties[0].name", "uk:1", 8125],
    ["parties[0].name", "un:4", 8125],
  ]);
});

test("between equal scores, a strong primary name stands before a weak alias", () => {
  const name = { text: "Vile Smuggler" };
  const weak = listed("uk:1", "Jo", { names: [{ ...name, kind: "ALIAS", strength: "WEAK" }] });
  const alias = listed("uk:2", "Jo", { names: [{ ...name, kind: "ALIAS", strength: "STRONG" }] });
  const primary = listed("uk:3", "Vile Smuggler");
  const outcome = screenEvent(
    paymentToScreen(payment({ parties: [listedPerson] })),
    fakeIndex([weak, alias, primary]),
    policy,
    { indexAge: 0, at: 0 },
  );
  const ids = outcome.kind === "hit" ? outcome.matches.map((match) => match.designation.id) : [];
  expect(ids).toEqual(["uk:3", "uk:2", "uk:1"]);
});

describe("the alert id", () => {
  test("is the same for the same event and designations, in whichever order and how often they were found", () => {
    expect(alertIdOf("e", ["un:4", "uk:1", "uk:1"])).toBe(alertIdOf("e", ["uk:1", "un:4"]));
  });

  test("differs with the event, with the designations, and with where one ends and the next begins", () => {
    const ids = [
      alertIdOf("e", ["uk:1"]),
      alertIdOf("f", ["uk:1"]),
      alertIdOf("e", ["uk:2"]),
      alertIdOf("e", ["uk:1", "uk:2"]),
      alertIdOf("e", ["uk:1,uk:2"]),
      alertIdOf('e",["uk:1"', ["uk:2"]),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("never changes: others have stored it", () => {
    // printf '["acc-1-0",["uk:GIM0014","un:QDi.006"]]' | sha256sum | cut -c1-32
    expect(alertIdOf("acc-1-0", ["un:QDi.006", "uk:GIM0014"])).toBe("a67d00e5477847c87e5ad1416c62a97d");
  });

  test("is on the outcome of a hit", () => {
    const outcome = screened(paymentToScreen(payment({ parties: [listedPerson] })));
    expect(outcome).toMatchObject({ alertId: alertIdOf("e-1", ["uk:1", "un:4"]) });
  });
});

test.each([
  ["an empty event id", ""],
  ["an event id that is no key", "x".repeat(513)],
])("%s makes the record undecodable", (_, eventId) => {
  const undecodable = expect.objectContaining({ code: "RECORD_UNDECODABLE" });
  expect(() => paymentToScreen(payment({ eventId }))).toThrow(undecodable);
  expect(() => remittanceToScreen(remittance({ eventId }))).toThrow(undecodable);
});
