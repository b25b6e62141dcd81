import { compileSearchOptions, compileSnapshot, openSnapshot } from "@cordon/matching";
import { expect, it } from "vitest";

import { generatedDesignations, namePools } from "../../src/bench-engine/generated-names.ts";
import { benchEvents } from "../../src/bench-pipeline/bench-events.ts";
import { populationNames } from "../../src/bench-pipeline/populations.ts";

const pools = namePools("no/such/folder");
const index = openSnapshot(compileSnapshot([...generatedDesignations(pools, 500)]));
const events = benchEvents(index, pools);
const options = compileSearchOptions({ threshold: 85 });
const hits = (name: string): boolean => {
  const result = index.search(name, options);
  return result.kind === "matches" && result.matches.length > 0;
};

it("plants a listed name in one of a thousand payments, and nobody else in them is listed", () => {
  const hit = Array.from({ length: 3000 }, (_, number) => number).filter((number) =>
    events.payment(number).parties.some(({ name }) => hits(name)),
  );
  expect(hit).toEqual([500, 1500, 2500]);
  expect(hit.every((number) => events.plantedIn(number) !== null)).toBe(true);
});

it("tells its own event ids from others", () => {
  expect(events.numberOf(events.idOf(17))).toBe(17);
  expect(events.numberOf("other-17")).toBeNull();
});

it("has customers of each population, and the payer's name is the key of the payer's payments", () => {
  for (const population of populationNames) {
    const made = benchEvents(index, pools, { population });
    const names = new Map<string, string>();
    for (let number = 0; number < 300; number++) {
      const debtor = made.payment(number).parties.find(({ role }) => role === "DEBTOR")?.name ?? "";
      const payer = made.payerOf(number);
      expect(names.get(payer) ?? debtor).toBe(debtor);
      names.set(payer, debtor);
    }
    expect(names.size).toBeGreaterThan(50);
  }
});

it("makes events as large as messages do, of which each text has its place in the message", () => {
  const made = benchEvents(index, pools, { size: "pacs008" });
  const payment = made.payment(17);
  expect([...payment.parties, ...payment.agents]).toHaveLength(6);
  for (const { address } of [...payment.parties, ...payment.agents]) expect(address?.street).toBeTruthy();
  expect(payment.remittanceInformation).toHaveLength(4);
  expect(payment.origins).toHaveLength(10);
  expect(made.payment(17)).toEqual(payment);
});
