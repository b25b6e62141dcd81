import { createStoppedPayments, factsOfPayment, plain, type StoppedPayment } from "@cordon/looking-again";
import { decimalFromString, newParty, type Payment } from "@cordon/schemas";
import { samplePayment } from "@cordon/screening/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const hour = 3_600_000;

interface Change {
  readonly debtor?: string;
  readonly creditor?: string;
  readonly accounts?: readonly [string | null, string | null];
  readonly amount?: string;
  readonly more?: Partial<Payment>;
}

function party(role: "DEBTOR" | "CREDITOR", name: string, value: string | null) {
  return {
    ...newParty(role, name, "PERSON"),
    account: value === null ? null : { kind: "IBAN" as const, value, name: null },
  };
}

function paymentOf({
  debtor = "Amelia Whitfield",
  creditor = "Goran Jalal",
  accounts,
  amount,
  more,
}: Change = {}): Payment {
  const [from, to] = accounts ?? ["GB29NWBK60161331926819", "IQ98NBIQ850123456789012"];
  return {
    ...samplePayment("p"),
    money: { amount: decimalFromString(amount ?? "950.00"), currency: "GBP" },
    parties: [party("DEBTOR", debtor, from), party("CREDITOR", creditor, to)],
    ...more,
  };
}

function stoppedBy(payment: Payment, change: Partial<StoppedPayment> = {}): StoppedPayment {
  const place = { topic: "payments.v1", partition: 0, offset: 1 };
  const common = { eventId: "first", alertId: "a", holdReason: null, at: hour };
  return { ...place, ...common, facts: factsOfPayment(payment), matched: ["Goran Jalal"], ...change };
}

function find(first: Payment, second: Payment, change: Partial<StoppedPayment> = {}, at = 2 * hour) {
  const stopped = createStoppedPayments({ windowMs: 24 * hour, most: 100 });
  stopped.remember(stoppedBy(first, change));
  return stopped.resubmissionOf({
    topic: "payments.v1",
    partition: 1,
    offset: 1,
    eventId: "second",
    at,
    facts: factsOfPayment(second),
  });
}

describe("a payment that hit and comes again", () => {
  test("with another name on the same accounts is found, with what was changed", () => {
    expect(find(paymentOf(), paymentOf({ creditor: "G. Jalil" }))).toMatchObject({
      sameBy: ["accounts"],
      removed: ["Goran Jalal"],
      added: ["G. Jalil"],
    });
  });

  test("without the party is found", () => {
    const first = paymentOf({ more: { endToEndId: "INV-2026-0817" } });
    expect(find(first, { ...first, parties: first.parties.slice(0, 1) })).toMatchObject({
      sameBy: ["end-to-end-id"],
      added: [],
    });
  });

  test.each([
    ["uetr", { uetr: "97ed4827-7b6f-4491-a06f-b548d5a7512d" }],
    ["end-to-end-id", { endToEndId: "E2E/0017" }],
    ["instruction-id", { instructionId: "INSTR 0017" }],
  ] as const)("is known by its %s, without any account", (word, more) => {
    const accounts = [null, null] as const;
    expect(find(paymentOf({ accounts, more }), paymentOf({ accounts, more, creditor: "x y" }))).toMatchObject({
      sameBy: [word],
    });
  });

  test("is known by one account and a line with a number", () => {
    const more = { remittanceInformation: ["Invoice 2026-0817"] };
    const first = paymentOf({ more });
    expect(find(first, paymentOf({ more, accounts: ["GB29NWBK60161331926819", null], creditor: "x y" }))).toMatchObject(
      {
        sameBy: ["account-and-reference"],
      },
    );
  });

  test("is found when what hit stood in its text and is gone from there", () => {
    const first = paymentOf({ creditor: "Ann Lee", more: { remittanceInformation: ["for Goran Jalal"] } });
    const matched = ["Goran Jalal"];
    expect(
      find(first, paymentOf({ creditor: "Ann Lee", more: { remittanceInformation: ["rent"] } }), { matched }),
    ).toMatchObject({
      removed: matched,
      sameBy: ["accounts"],
    });
    expect(find(first, first, { matched })).toBeNull();
  });

  test("as it was, or with more in it, is no resubmission: it hits again", () => {
    expect(find(paymentOf(), paymentOf())).toBeNull();
    expect(find(paymentOf(), paymentOf({ creditor: "GORAN  JALÁL" }))).toBeNull();
    expect(find(paymentOf(), paymentOf({ creditor: "JALAL, Goran" }))).toBeNull();
    expect(find(paymentOf({ creditor: "Mr Goran Jalal" }), paymentOf(), { matched: ["Mr Goran Jalal"] })).toBeNull();
    expect(find(paymentOf(), paymentOf({ creditor: "Mr Goran Jalal, Basra" }))).toBeNull();
  });

  test("with another amount, between other accounts, or under a reference that is none, is another payment", () => {
    const changed = { creditor: "x y" };
    expect(find(paymentOf(), paymentOf({ ...changed, amount: "951.00" }))).toBeNull();
    expect(
      find(paymentOf(), paymentOf({ ...changed, accounts: ["GB29NWBK60161331926819", "GB33BUKB20201555555555"] })),
    ).toBeNull();
    for (const endToEndId of ["NOTPROVIDED", "NOT PROVIDED", "N/A", "0000", "abc"])
      expect(
        find(
          paymentOf({ accounts: [null, null], more: { endToEndId } }),
          paymentOf({ ...changed, accounts: [null, null], more: { endToEndId } }),
        ),
      ).toBeNull();
  });

  test("to another account is the same only under an id that tells payments apart", () => {
    const other = ["GB29NWBK60161331926819", "GB33BUKB20201555555555"] as const;
    const changed = { creditor: "x y", accounts: other };
    const by = (more: Partial<Payment>) => find(paymentOf({ more }), paymentOf({ ...changed, more }));
    expect(by({ endToEndId: "INV-2026-0817" })).not.toBeNull();
    expect(by({ uetr: "97ed4827-7b6f-4491-a06f-b548d5a7512d" })).not.toBeNull();
    expect(by({ endToEndId: "SALARY NOV" })).toBeNull();
    expect(by({ remittanceInformation: ["Salary 2026-11"] })).toBeNull();
  });

  test("after its window, or before it was stopped, is let be", () => {
    const changed = paymentOf({ creditor: "x y" });
    expect(find(paymentOf(), changed, {}, 26 * hour)).toBeNull();
    expect(find(paymentOf(), changed, {}, 0)).toBeNull();
  });
});

describe("a payment that was held and comes again", () => {
  const held = { alertId: null, holdReason: "NAME_UNREADABLE", matched: [] };

  test("with another name or without one is found", () => {
    expect(find(paymentOf(), paymentOf({ creditor: "x y" }), held)).toMatchObject({ removed: ["Goran Jalal"] });
  });

  test("with the name that was missing, lost or unreadable is what was asked for", () => {
    for (const creditor of ["", "---", "G\uFFFDran Jalal"])
      expect(find(paymentOf({ creditor }), paymentOf(), held)).toBeNull();
  });
});

describe("the memory of stopped payments", () => {
  test("forgets what was cleared after all, and the oldest when there are too many", () => {
    const stopped = createStoppedPayments({ windowMs: 24 * hour, most: 3 });
    for (let offset = 0; offset < 5; offset++) stopped.remember(stoppedBy(paymentOf(), { offset, at: hour + offset }));
    expect(stopped).toMatchObject({ size: 3, forgotten: 2 });
    stopped.forget({ topic: "payments.v1", partition: 0, offset: 4 });
    expect(stopped.size).toBe(2);
    stopped.remember(stoppedBy(paymentOf(), { offset: 9, at: 100 * hour }));
    expect(stopped.size).toBe(1);
  });

  test("stays within its bounds, whatever comes", () => {
    const step = fc.record({
      offset: fc.nat(30),
      at: fc.nat(100),
      forget: fc.boolean(),
      account: fc.constantFrom("A1234", "B1234"),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const stopped = createStoppedPayments({ windowMs: 50 * hour, most: 10 });
        for (const { offset, at, forget, account } of steps) {
          if (forget) stopped.forget({ topic: "payments.v1", partition: 0, offset });
          else stopped.remember(stoppedBy(paymentOf({ accounts: [account, account] }), { offset, at: at * hour }));
          expect(stopped.size).toBeLessThanOrEqual(10);
        }
      }),
    );
  });
});

test("texts that differ in case, accents, signs and spaces are one", () => {
  expect(plain("  Jalál-Goran,\tJr. ")).toBe(plain("JALAL GORAN JR"));
});
