import {
  compilePolicy,
  paymentToScreen,
  remittanceToScreen,
  type ScreenableEvent,
  screenEvent,
} from "@cordon/decisions";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { party, payment, remittance } from "./events.ts";
import { fakeIndex, listed } from "./fake-index.ts";

const index = fakeIndex([listed("uk:1", "Vile Smuggler"), listed("un:2", "Sea Vile", { type: "VESSEL" })]);
const policy = compilePolicy();

const name = fc.constantFrom("Ann Baker", "Bob Carter", "Vile Smuggler", "", " ", "BROAD", "ᏣᎳᎩ");
const time = fc.integer({ min: 0, max: 4_102_444_800_000 });
const undated: fc.Arbitrary<ScreenableEvent> = fc.oneof(
  fc
    .array(fc.tuple(fc.constantFrom("DEBTOR" as const, "OTHER" as const), name), { maxLength: 3 })
    .map((parties) => paymentToScreen(payment({ parties: parties.map(([role, text]) => party(role, text)) }))),
  fc
    .tuple(name, name)
    .map(([from, to]) =>
      remittanceToScreen(remittance({ sender: party("SENDER", from), beneficiary: party("BENEFICIARY", to) })),
    ),
);

describe("an event that is decided after its deadline", () => {
  test("is screened all the same: a hit stays the same hit, a hold the same hold, and only a clear is held for it", () => {
    fc.assert(
      fc.property(undated, time, fc.integer({ min: 1, max: 1_000_000 }), fc.boolean(), (event, decideBy, by, stale) => {
        const circumstances = { indexAge: stale ? Infinity : 0, at: decideBy + by };
        const inTime = screenEvent(event, index, policy, circumstances);
        const { eventId, fieldsScreened, fieldsLeftOut, told } = inTime;
        const held = { kind: "hold", eventId, fieldsScreened, fieldsLeftOut, told, reason: "DEADLINE_PASSED" };
        expect(screenEvent({ ...event, decideBy }, index, policy, circumstances)).toEqual(
          inTime.kind === "clear" ? held : inTime,
        );
      }),
    );
  });

  test("is one only after it: at the very millisecond, and before, the deadline changes nothing", () => {
    fc.assert(
      fc.property(undated, time, fc.nat(1_000_000), (event, decideBy, before) => {
        const circumstances = { indexAge: 0, at: decideBy - before };
        expect(screenEvent({ ...event, decideBy }, index, policy, circumstances)).toEqual(
          screenEvent(event, index, policy, circumstances),
        );
      }),
    );
  });
});

test("both kinds of event carry their deadline to where they are screened", () => {
  expect(paymentToScreen(payment({ decideBy: 7 })).decideBy).toBe(7);
  expect(remittanceToScreen(remittance({ decideBy: 8 })).decideBy).toBe(8);
  expect(paymentToScreen(payment()).decideBy).toBeNull();
});
