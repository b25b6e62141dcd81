import { describe, expect, test } from "vitest";

import { groupsOf } from "../../../src/page/alert/event-fields.ts";

const now = Date.parse("2026-10-12T14:00:00Z");

const party = (name: string) => ({
  role: "OTHER",
  name,
  type: "UNKNOWN",
  identifiers: [{ kind: "PASSPORT", value: "X1", issuer: null }],
});

describe("what an event says", () => {
  test("every text stands under the path that matches use", () => {
    const event = {
      eventId: "r-1",
      channel: "CASH",
      sendMoney: { amount: "1234567.50000", currency: "EUR" },
      sender: { role: "SENDER", name: "A", address: { country: "GB", lines: ["one", "", "two"] } },
      payoutAgent: { role: "PAYOUT_AGENT", bic: "ZZBAHR2X", name: null },
      message: ["for", "rent"],
    };
    const groups = groupsOf(event, now);
    expect(groups.map(({ title }) => title)).toEqual(["Sender", "Payout agent", "The event"]);
    expect(groups.flatMap(({ fields }) => fields.map(({ path, text }) => [path, text]))).toEqual([
      ["sender.name", "A"],
      ["sender.address.country", "GB"],
      ["sender.address.lines[0]", "one"],
      ["sender.address.lines[2]", "two"],
      ["payoutAgent.bic", "ZZBAHR2X"],
      ["eventId", "r-1"],
      ["channel", "CASH"],
      ["sendMoney", "EUR 1,234,567.50"],
      ["message[0]", "for"],
      ["message[1]", "rent"],
    ]);
  });

  test("several parties of one kind keep their numbers, and a number is called by its kind", () => {
    const groups = groupsOf({ parties: [party("A"), party("B")] }, now);
    expect(groups.map(({ fields }) => fields.map(({ path, label }) => [path, label]))).toEqual([
      [
        ["parties[0].name", "Name"],
        ["parties[0].identifiers[0].value", "Passport"],
      ],
      [
        ["parties[1].name", "Name"],
        ["parties[1].identifiers[0].value", "Passport"],
      ],
    ]);
  });

  test.each([null, undefined, 7, "text", [], {}])("what is no event has no groups: %j", (event) => {
    expect(groupsOf(event, now)).toEqual([]);
  });

  test("nesting without end is cut", () => {
    let event: unknown = "deep";
    for (let level = 0; level < 1_000; level++) event = { next: event };
    expect(groupsOf(event, now)).toEqual([]);
  });
});
