import { createTraffic, type PlantedNames, plantedNames, type Traffic, type TrafficEvent } from "@cordon/simulator";
import { beforeAll, describe, expect, test } from "vitest";

import { gimDesignations } from "./designations.ts";

let planted: PlantedNames;
beforeAll(async () => {
  planted = plantedNames(await gimDesignations());
});

function traffic(seed = 1, more: { readonly plantedEvery?: number; readonly heldEvery?: number } = {}): Traffic {
  return createTraffic({ seed, idPrefix: "test", planted, plantedEvery: 100, heldEvery: 250, ...more });
}

function first(count: number, from: Traffic): readonly TrafficEvent[] {
  return Array.from({ length: count }, (_, number) => from.eventAt(number, 1_800_000_000_000 + number));
}

function namesOf({ value }: TrafficEvent): readonly string[] {
  return "parties" in value ? value.parties.map(({ name }) => name) : [value.sender.name, value.beneficiary.name];
}

describe("the same seed", () => {
  test("gives the same events, whatever was made before", () => {
    const events = first(500, traffic());
    const again = traffic();
    for (const number of [499, 3, 250])
      expect(again.eventAt(number, 1_800_000_000_000 + number)).toEqual(events[number]);
    expect(first(500, traffic())).toEqual(events);
  });

  test("pins the first event, so that a change of the generator is seen", () => {
    const [event] = first(1, traffic());
    expect({ topic: event?.topic, id: event?.eventId, names: event && namesOf(event) }).toMatchInlineSnapshot(`
      {
        "id": "test-0",
        "names": [
          "Parvaneh Sepehrnia",
          "Kaveh Sepehrnia",
        ],
        "topic": "payments.v1",
      }
    `);
  });

  test("another seed gives other events", () => {
    expect(first(50, traffic(2)).map(namesOf)).not.toEqual(first(50, traffic(1)).map(namesOf));
  });
});

describe("the mix", () => {
  test("has one planted name and one empty name in each block of events", () => {
    const outcomes = first(10_000, traffic()).map(({ expected }) => expected.outcome);
    expect(outcomes.filter((outcome) => outcome === "HIT")).toHaveLength(100);
    for (let block = 0; block < 100; block += 1)
      expect(outcomes.slice(block * 100, block * 100 + 100).filter((outcome) => outcome === "HIT")).toHaveLength(1);
    // An event that is to carry a listed name carries it even where another should be empty.
    expect(outcomes.filter((outcome) => outcome === "HOLD").length).toBeGreaterThanOrEqual(35);
    expect(outcomes.filter((outcome) => outcome === "HOLD").length).toBeLessThanOrEqual(40);
  });

  test("is about seven payments to three remittances", () => {
    const payments = first(10_000, traffic()).filter(({ topic }) => topic === "payments.v1").length;
    expect(payments).toBeGreaterThan(6700);
    expect(payments).toBeLessThan(7300);
  });

  test("uses every disguise", () => {
    const hows = first(3000, traffic(1, { plantedEvery: 5 })).flatMap(({ expected }) =>
      expected.outcome === "HIT" ? [expected.how] : [],
    );
    expect(new Set(hows).size).toBe(10);
  });
});

describe("what is expected", () => {
  test("stands in the field that the expectation names", () => {
    for (const { value, expected } of first(3000, traffic(1, { plantedEvery: 5 }))) {
      if (expected.outcome !== "HIT") continue;
      const [, index] = /^parties\[(\d+)\]\.name$/.exec(expected.path) ?? [];
      const party =
        "parties" in value
          ? value.parties[Number(index)]
          : expected.path === "sender.name"
            ? value.sender
            : value.beneficiary;
      expect(party?.name).toBe(expected.text);
      expect(expected.designationIds.length).toBeGreaterThan(0);
    }
  });

  test("a held event has exactly one empty name", () => {
    const held = first(5000, traffic()).filter(({ expected }) => expected.outcome === "HOLD");
    expect(held.length).toBeGreaterThan(0);
    for (const event of held) expect(namesOf(event).filter((name) => name === "")).toHaveLength(1);
  });
});

describe("event ids", () => {
  test("tell the number again, and nothing for another run's", () => {
    expect(traffic().numberOf("test-42")).toBe(42);
    for (const other of ["test-", "test-x", "tests-1", "other-1", "test-1e3", ""])
      expect(traffic().numberOf(other)).toBeNull();
  });
});

test("without a listed name to plant, nothing is planted", () => {
  const none = createTraffic({
    seed: 1,
    idPrefix: "none",
    planted: { names: [], usual: () => false },
    plantedEvery: 2,
    heldEvery: 1000,
  });
  expect(first(100, none).filter(({ expected }) => expected.outcome === "HIT")).toHaveLength(0);
});
