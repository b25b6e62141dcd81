import { compilePolicy, paymentToScreen, type Policy, type ScreenableEvent } from "@cordon/decisions";
import { changedEntries, comparedIndexes, found, keyOf, newFindings } from "@cordon/looking-again";
import { compileSnapshot, type Designation, designationId, openSnapshot, type ScreeningIndex } from "@cordon/matching";
import { newParty, type Payment } from "@cordon/schemas";
import { samplePayment } from "@cordon/screening/testing";
import fc from "fast-check";
import { expect, test } from "vitest";

const given = ["Amir", "Goran", "Jalal", "Olena", "Tamsin", "Wladimir", "Vladimir", "Mohammed", "Muhammad"] as const;
const family = ["Jahovic", "Zebrowska", "Whitcombe", "Al-Masri", "Masri", "Kowalczyk", "Petrov", "Petroff"] as const;
const numbers = ["P1234567", "X99887766", "DE1234567", "P7654321"] as const;

const name = fc
  .tuple(fc.constantFrom(...given), fc.constantFrom(...family), fc.option(fc.constantFrom(...family), { freq: 3 }))
  .map(([first, last, more]) => [first, last, ...(more === null ? [] : [more])].join(" "));

const birthDate = fc.constantFrom("1970-01-01", "1980-05-05");

function designation(key: number): fc.Arbitrary<Designation> {
  return fc
    .record({
      names: fc.array(
        fc.record({
          text: name,
          kind: fc.constantFrom("PRIMARY" as const, "ALIAS" as const),
          strength: fc.constantFrom("STRONG", "WEAK", "UNKNOWN"),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      type: fc.constantFrom("PERSON", "ORGANISATION", "VESSEL"),
      birthDates: fc.array(
        birthDate.map((date) => ({ date, until: null, approximate: false })),
        { maxLength: 1 },
      ),
      identifiers: fc.array(
        fc.constantFrom(...numbers).map((value) => ({ kind: "PASSPORT" as const, value, note: null })),
        { maxLength: 1 },
      ),
      references: fc.array(fc.constantFrom("uk:0", "uk:1", "uk:2", "uk:3", "un:A", "un:B"), { maxLength: 2 }),
      updatedOn: fc.constantFrom(null, "2026-01-01", "2026-02-02"),
    })
    .map((made): Designation => ({
      id: designationId("uk", String(key)),
      list: "uk",
      regime: "Test",
      regimeCode: null,
      measures: [],
      nationalities: [],
      designatedOn: null,
      ...made,
    }));
}

/** Two versions of a list: some entries stay, some are amended, some come and some go. */
const versions = fc
  .array(fc.record({ old: fc.boolean(), next: fc.constantFrom("same", "other", "gone") }), {
    minLength: 1,
    maxLength: 8,
  })
  .chain((fates) =>
    fc.tuple(...fates.map((fate, key) => fc.tuple(fc.constant(fate), designation(key), designation(key)))),
  )
  .map((entries) => ({
    before: entries.filter(([{ old }]) => old).map(([, one]) => one),
    after: entries.flatMap(([{ old, next }, one, other]) =>
      next === "gone" ? [] : [old && next === "same" ? { ...one, updatedOn: "2026-03-03" } : other],
    ),
  }));

const payment: fc.Arbitrary<Payment> = fc
  .record({
    debtor: fc.oneof(name, fc.constantFrom("", "P1234567", "Amir Jahovic and Goran Petrov")),
    creditor: name,
    birthDate: fc.option(birthDate),
    passport: fc.option(fc.constantFrom(...numbers)),
    line: fc.oneof(name, fc.constantFrom("invoice 42", "for Tamsin Whitcombe, passport X99887766")),
  })
  .map(({ debtor, creditor, birthDate: born, passport, line }) => ({
    ...samplePayment("pay", [debtor, creditor]),
    parties: [
      { ...newParty("DEBTOR", debtor, "PERSON"), birthDate: born },
      {
        ...newParty("CREDITOR", creditor, "UNKNOWN"),
        identifiers: passport === null ? [] : [{ kind: "PASSPORT" as const, value: passport, issuer: null }],
      },
    ],
    remittanceInformation: [line],
  }));

const policies = (["explain", "clear"] as const).flatMap((hardConflicts) =>
  ([75, 85] as const).map((threshold) => compilePolicy({ hardConflicts, threshold })),
);

test("finds exactly what screening again with the whole new index finds and the old one did not", () => {
  let findings = 0;
  fc.assert(
    fc.property(versions, payment, fc.constantFrom(...policies), ({ before, after }, sent, policy) => {
      const event = paymentToScreen(sent);
      const expected = byWholeIndexes(event, { before, after, policy });
      const looked = newFindings(event, comparedIndexes(changedEntries(before, after)), policy);
      const actual = looked.kind === "found" ? looked.hit.matches.map(keyOf).toSorted() : [];
      findings += actual.length;
      expect(actual).toEqual(expected);
    }),
    { numRuns: 400 },
  );
  expect(findings).toBeGreaterThan(40);
});

function byWholeIndexes(
  event: ScreenableEvent,
  lists: { readonly before: readonly Designation[]; readonly after: readonly Designation[]; readonly policy: Policy },
): readonly string[] {
  const all = (designations: readonly Designation[]): readonly string[] =>
    found(event, indexOf(designations), { policy: lists.policy, empty: indexOf([]) }).matches.map(keyOf);
  const known = new Set(all(lists.before));
  return all(lists.after)
    .filter((key) => !known.has(key))
    .toSorted();
}

function indexOf(designations: readonly Designation[]): ScreeningIndex {
  return openSnapshot(compileSnapshot(designations));
}
