import { expect, test } from "vitest";

import { paymentToScreen } from "../src/screenable-event.ts";
import { placeIn, placesIn } from "../src/source-places.ts";
import { agent, party, payment } from "./events.ts";

const plain = { path: "parties[0].name", sourcePath: "Dbtr/Nm", start: 100, end: 110, pieces: [] };
const bank = (role: "DEBTOR_INSTITUTION" | "CREDITOR_INSTITUTION", bic: string | null) => ({
  ...agent(role, null),
  bic,
});

const problem = (code: string) => ({ code, sourcePath: null, detail: "" });

test("a part of a text that is the message's own characters stands as far into them", () => {
  expect(placeIn(plain, 2, 5)).toEqual({ sourcePath: "Dbtr/Nm", sourceStart: 102, sourceEnd: 105 });
});

test("a part over two lines begins in the one and ends in the other", () => {
  const pieces = [
    { at: 0, sourcePath: "50K[1]", start: 10, end: 15 },
    { at: 6, sourcePath: "50K[2]", start: 17, end: 22 },
  ];
  const origin = { path: "x", sourcePath: "50K[1]", start: 10, end: 22, pieces };
  expect(placeIn(origin, 3, 8)).toEqual({ sourcePath: "50K[1]", sourceStart: 13, sourceEnd: 19 });
  expect(placeIn(origin, 7, 11)).toEqual({ sourcePath: "50K[2]", sourceStart: 18, sourceEnd: 22 });
});

test("an entity is taken whole", () => {
  const pieces = [
    { at: 0, sourcePath: "p", start: 0, end: 2 },
    { at: 2, sourcePath: "p", start: 2, end: 7 },
    { at: 3, sourcePath: "p", start: 7, end: 9 },
  ];
  const origin = { path: "x", sourcePath: "p", start: 0, end: 9, pieces };
  expect(placeIn(origin, 2, 3)).toEqual({ sourcePath: "p", sourceStart: 2, sourceEnd: 7 });
});

test("a text without an origin has no place", () => {
  expect(placesIn([plain])("parties[1].name", 0, 1)).toEqual({
    sourcePath: null,
    sourceStart: null,
    sourceEnd: null,
  });
});

test("a payment between two institutions that are identified needs no party, one with an unknown one does", () => {
  const both = [bank("DEBTOR_INSTITUTION", "COBADEFF"), bank("CREDITOR_INSTITUTION", "NWBKGB2L")];
  expect(paymentToScreen(payment({ parties: [], agents: both }))).toMatchObject({ problems: [], namesNobody: true });
  const one = [bank("DEBTOR_INSTITUTION", "COBADEFF"), bank("CREDITOR_INSTITUTION", "")];
  expect(paymentToScreen(payment({ parties: [], agents: one })).problems).toEqual(["FIELD_MISSING"]);
});

test("what could not be converted holds the event, by a code that is newer than this Cordon, too", () => {
  const event = paymentToScreen(payment({ problems: [problem("COUNT_MISMATCH"), problem("SOMETHING_NEW")] }));
  expect([event.conversion?.map(({ code }) => code), event.problems]).toEqual([["COUNT_MISMATCH"], ["FIELD_UNREAD"]]);
});

test("a related party may be without a name", () => {
  const parties = [party("DEBTOR", "Ann Baker"), party("RELATED_PARTY", "")];
  expect(paymentToScreen(payment({ parties })).problems).toEqual([]);
});
