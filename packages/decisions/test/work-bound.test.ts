import { compilePolicy, paymentToScreen, screenEvent } from "@cordon/decisions";
import { compileSnapshot, openSnapshot } from "@cordon/matching";
import { describe, expect, test } from "vitest";

import { compare } from "../src/compare.ts";
import { party, payment, withAccount } from "./events.ts";
import { listed } from "./fake-index.ts";

const policy = compilePolicy();
const index = openSnapshot(
  compileSnapshot([listed("uk:1", "Vile Ibrahim Smuggler"), listed("uk:2", "Vile Shipping", { type: "ORGANISATION" })]),
);

function lineOf(length: number, from: number): string {
  const words = Array.from(
    { length },
    (_, i) => `${String.fromCharCode(97 + ((i + from) % 26))}word${String(i + from)}x`,
  );
  return words.join(" ").slice(0, length);
}

function lines(count: number, length: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => lineOf(length, i * 997));
}

function screened(remittanceInformation: readonly string[]): string {
  const outcome = screenEvent(paymentToScreen(payment({ remittanceInformation })), index, policy, {
    indexAge: 0,
    at: 0,
  });
  return outcome.kind === "hold" ? outcome.reason : outcome.kind;
}

describe("the work on one event is bounded", () => {
  test("240 lines of 4,090 characters, each of which may be searched, are too broad together, and most are not read", () => {
    expect(screened(lines(1, 4090))).toBe("clear");
    const before = { ...index.work };
    const many = lines(240, 4090);
    expect(screened(many)).toBe("QUERY_TOO_BROAD");
    const words = many.reduce((sum, line) => sum + line.split(" ").length, 0);
    expect(index.work.words - before.words).toBeLessThan(words / 5);
  });

  test("so are a thousand lines that say nothing, by the characters that it takes to read them", () => {
    expect(screened(Array.from({ length: 900 }, () => "-".repeat(4000)))).toBe("QUERY_TOO_BROAD");
  });

  test("so are numbers of accounts without end, each of which is looked up", () => {
    const accounts = "GB29 NWBK 6016 1331 9268 19 ".repeat(140);
    expect(screened([accounts])).toBe("clear");
    expect(screened(Array.from({ length: 240 }, () => accounts))).toBe("QUERY_TOO_BROAD");
  });

  test("what was found by then is a hit all the same, and what comes behind is not looked for", () => {
    expect(screened(["to Vile Ibrahim Smuggler", ...lines(240, 4090)])).toBe("hit");
    expect(screened([...lines(240, 4090), "to Vile Ibrahim Smuggler"])).toBe("QUERY_TOO_BROAD");
  });

  test("names are compared before any line is", () => {
    const parties = [party("DEBTOR", "Ann Baker"), party("OTHER", "Vile Ibrahim Smuggler")];
    const event = paymentToScreen(payment({ parties, remittanceInformation: lines(240, 4090) }));
    expect(screenEvent(event, index, policy, { indexAge: 0, at: 0 }).kind).toBe("hit");
  });

  test("9,000 characters of remittance information beside ten parties with addresses are not too broad", () => {
    const address = {
      country: "GB",
      town: "Leeds",
      postCode: "LS1 4AP",
      street: "14 Kirova Street",
      lines: lines(4, 35),
      region: null,
    };
    const parties = Array.from({ length: 10 }, (_, i) => ({
      ...withAccount(`Holder ${String(i)}`, party("DEBTOR", `Amelia Whitcombe${String(i)}`)),
      address,
      contact: "+44 20 7946 0000",
      identifiers: [{ kind: "PASSPORT" as const, value: `P12345${String(i)}`, issuer: "GB" }],
    }));
    const invoices = Array.from({ length: 64 }, (_, i) =>
      `INV ${String(7_000_000 + i * 7919)} of 12.03.2026, EUR `.repeat(4).slice(0, 140),
    );
    for (const remittanceInformation of [lines(64, 140), invoices]) {
      const { problems, work } = compare(paymentToScreen(payment({ parties, remittanceInformation })), index, policy);
      expect([...problems]).toEqual([]);
      expect(work).toBeLessThan(policy.maxWork);
    }
  });
});

test("the work of an event is the same whatever was asked before, and no more than that of its parts", () => {
  const event = paymentToScreen(payment({ remittanceInformation: lines(3, 200) }));
  const first = compare(event, index, policy).work;
  const second = compare(event, index, policy).work;
  expect(second).toBe(first);
  const parts = event.fields.map(
    (field) => compare({ fields: [field], identifiers: [], problems: [] }, index, policy).work,
  );
  const seams = first - parts.reduce((sum, one) => sum + one, 0);
  expect(seams).toBeGreaterThan(0);
});
