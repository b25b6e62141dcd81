import { compilePolicy, paymentToScreen, screenEvent } from "@cordon/decisions";
import { compileSnapshot, type IdentifierKind, openSnapshot } from "@cordon/matching";
import type { ScreenedPayment } from "@cordon/schemas";
import fc from "fast-check";
import { expect, test } from "vitest";

import { agent, party, payment } from "./events.ts";
import { listed } from "./fake-index.ts";

/** Invented; those with check digits bear them. */
const values = {
  PASSPORT: ["AD402119", "A3336021", "790015039", "9603464981"],
  NATIONAL_ID: ["5420124756151", "171493529", "784196136527278"],
  TAX_ID: ["7719898900", "253716334825", "800146749"],
  REGISTRATION: ["1142373002430", "156387289", "91310113MACPUNUD5T"],
  LEI: ["5493001KJTIIGC8Y1R12"],
  BIC: ["AAAAIRTH", "BBBBRUM2"],
  IMO: ["9074729", "9278064"],
  MMSI: ["273312349"],
  WALLET: [
    "1BoatSLRHtKNngkdXEeobR76b53LETtpyT",
    "0xAb5801a7D398351b8bE11C439e05C5B3259aeC9B",
    "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
    "TNqDtu2unqHgnrGbFDvHkrQiCNwhCkyvsW",
  ],
  PHONE: ["982188887774", "9647701234567"],
  EMAIL: ["info@lantern-example.org", "a.baker@mail.example.net"],
  IBAN: ["GB33BUKB20201555555555"],
  OTHER: ["145921783", "C77782891"],
} as const satisfies Readonly<Record<IdentifierKind, readonly string[]>>;

const entries = Object.entries(values).flatMap(([kind, all]) =>
  all.map((value, i) =>
    listed(`uk:${kind}${String(i)}`, `Qwxzvk Jjqpyx ${kind} ${String(i)}`, {
      identifiers: [{ kind: kind as IdentifierKind, value, note: null }],
    }),
  ),
);
const index = openSnapshot(compileSnapshot(entries));
const policy = compilePolicy();

function isHit(event: Partial<ScreenedPayment>): boolean {
  const outcome = screenEvent(paymentToScreen(payment(event)), index, policy, { indexAge: 0, at: 0 });
  if (outcome.kind !== "hit") return false;
  for (const { field, start, end } of outcome.matches) {
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeGreaterThan(start);
    expect(end).toBeLessThanOrEqual(field.text.length);
  }
  return outcome.matches.some(({ identifier }) => identifier !== null);
}

type Rewrite = (value: string) => string;

const grouped =
  (size: number, mark: string): Rewrite =>
  (value) =>
    value.replaceAll(new RegExp(`(.{${String(size)}})(?=.)`, "g"), `$1${mark}`);
const digitsOf =
  (zero: number): Rewrite =>
  (value) =>
    value.replaceAll(/[0-9]/g, (digit) => String.fromCodePoint(zero + Number(digit)));
const wide: Rewrite = (value) =>
  value.replaceAll(/[!-~]/g, (one) => String.fromCodePoint((one.codePointAt(0) ?? 0) + 0xfee0));
const homoglyphs: Rewrite = (value) =>
  value.replaceAll(/[ABCEHKMOPTX]/g, (letter) => "АВСЕНКМОРТХ".charAt("ABCEHKMOPTX".indexOf(letter)));

const plain: Rewrite = (value) => value;
const scripts: readonly Rewrite[] = [plain, digitsOf(0x660), digitsOf(0x6f0), digitsOf(0x1d7ce), wide];
const groups: readonly Rewrite[] = [
  plain,
  ...[" ", "\u00a0", "-", "–", ".", "\u200b"].flatMap((mark) => [grouped(3, mark), grouped(4, mark)]),
  grouped(1, " "),
];
const cases: readonly Rewrite[] = [plain, (value) => value.toLowerCase(), (value) => value.toUpperCase()];
const labelsOf: Readonly<Record<IdentifierKind, readonly string[]>> = {
  PASSPORT: [
    "Passport No. ",
    "PP NO: ",
    "Passeport n° ",
    "Reisepass Nr. ",
    "pasaporte núm. ",
    "паспорт ",
    "جواز سفر رقم ",
  ],
  NATIONAL_ID: ["national id ", "ID card no. ", "cédula ", "CNIC:", "رقم الهوية ", "удостоверение личности № "],
  TAX_ID: ["INN ", "ИНН ", "TIN - ", "VAT ", "NIT: ", "tax id number ", "налоговый номер "],
  REGISTRATION: ["OGRN ", "ОГРН: ", "Reg. No. ", "company number ", "Handelsregister "],
  LEI: ["LEI ", "LEI: "],
  BIC: ["SWIFT ", "BIC: ", "swift code ", "SWIFT/BIC "],
  IMO: ["IMO ", "IMO No. ", "IMO#", "IMO: ", "imo"],
  MMSI: ["MMSI ", "mmsi: "],
  WALLET: ["BTC ", "wallet: ", "USDT (TRC20) ", "to "],
  PHONE: ["Tel: +", "+", "00", "tel:+", "هاتف ", "mob. "],
  EMAIL: ["mailto:", "e-mail: ", "Email ", "<"],
  IBAN: ["IBAN ", "IBAN:", "to "],
  OTHER: ["ID ", "no. ", ""],
};

const codeForms: readonly Rewrite[] = [
  ...cases,
  homoglyphs,
  wide,
  grouped(4, " "),
  grouped(4, "-"),
  grouped(4, "\u200b"),
];
/** Forms that mean the same, of kinds that do not bear all of them: letters of one case are another address. */
const ownForms: Readonly<Partial<Record<IdentifierKind, readonly Rewrite[]>>> = {
  WALLET: [plain, grouped(4, " "), grouped(5, "-"), grouped(6, "\u200b"), wide],
  EMAIL: [
    ...cases,
    wide,
    (value) => value.replace("@", " @ "),
    (value) => value.replace("@", "(at)"),
    (value) => value.replace("@", " [at] ").replaceAll(".", " [dot] "),
    (value) => value.replace("@", "+pay@"),
  ],
  LEI: codeForms,
  IBAN: codeForms,
  BIC: codeForms,
};

function rewritesOf(kind: IdentifierKind): readonly Rewrite[] {
  return ownForms[kind] ?? [homoglyphs, ...cases, ...scripts, ...groups];
}

/** A text in each place of an event where a person can write one. */
const places = {
  name: (text: string) => ({ parties: [party("CREDITOR", `Bob Carter ${text}`)] }),
  holder: (text: string) => ({
    parties: [{ ...party("CREDITOR", "Bob Carter"), account: { kind: "OTHER", value: "4711", name: `Bob ${text}` } }],
  }),
  account: (text: string) => ({
    parties: [{ ...party("CREDITOR", "Bob Carter"), account: { kind: "OTHER", value: text, name: null } }],
  }),
  agent: (text: string) => ({ agents: [agent("CREDITOR_AGENT", `A Bank ${text}`)] }),
  contact: (text: string) => ({ parties: [{ ...party("CREDITOR", "Bob Carter"), contact: text }] }),
  clearing: (text: string) => ({ agents: [{ ...agent("CREDITOR_AGENT", "A Bank"), clearingId: text }] }),
  line: (text: string) => ({ remittanceInformation: ["Rent for May", `for ${text}, with thanks`] }),
  brackets: (text: string) => ({ remittanceInformation: [`rent and fuel, `.repeat(30) + `(${text})`] }),
  purpose: (text: string) => ({ purpose: text }),
} satisfies Readonly<Record<string, (text: string) => Partial<ScreenedPayment>>>;
const everyPlace = Object.values(places);

function picked(kinds: readonly IdentifierKind[]) {
  return fc.constantFrom(...kinds).chain((kind) =>
    fc.record({
      kind: fc.constant(kind),
      value: fc.constantFrom<string>(...values[kind]),
      label: fc.constantFrom(...labelsOf[kind]),
      rewrite: fc.constantFrom(...rewritesOf(kind)),
    }),
  );
}

const kinds = Object.keys(values) as IdentifierKind[];

test("an identifier with its label is found in each place, script, grouping and case", () => {
  fc.assert(
    fc.property(picked(kinds), fc.constantFrom(...everyPlace), ({ value, label, rewrite }, place) => {
      expect(isHit(place(`${label}${rewrite(value)}`))).toBe(true);
    }),
    { numRuns: 1500 },
  );
});

/** An event's identifiers have no kind for an account's number. */
const inField = (kind: keyof typeof values) => (kind === "IBAN" ? "OTHER" : kind);

test("an identifier is found in a field of its own with its label, and under each other kind", () => {
  fc.assert(
    fc.property(picked(kinds), fc.constantFrom(...kinds), fc.boolean(), ({ kind, value, label, rewrite }, as, bare) => {
      const told = bare ? { kind: inField(as), value } : { kind: inField(kind), value: `${label}${rewrite(value)}` };
      const bob = { ...party("CREDITOR", "Bob Carter"), identifiers: [{ ...told, issuer: null }] };
      expect(isHit({ parties: [bob] })).toBe(true);
    }),
    { numRuns: 1500 },
  );
});

test("an identifier is found across the end of a line, wherever it is broken", () => {
  fc.assert(
    fc.property(
      picked(kinds),
      fc.nat(),
      fc.constantFrom("", "-"),
      fc.nat(40),
      ({ kind, value, label }, at, hyphen, pad) => {
        const cut = 1 + (at % (value.length - 1));
        // A hyphen is a character of e-mail addresses.
        const joint = kind === "EMAIL" ? "" : hyphen;
        const first = `${"rent ".repeat(pad)}${label}${value.slice(0, cut)}${joint}`;
        expect(isHit({ remittanceInformation: [first, `${value.slice(cut)} and thanks`] })).toBe(true);
      },
    ),
    { numRuns: 1000 },
  );
});

/** Of seven digits and more, or borne out by check digits; what is shorter needs a word that says what it is. */
const bare = kinds.filter((kind) => kind !== "PHONE" && kind !== "MMSI");

test("an identifier is found in a text that does not say what it is, also twice and glued to what stands beside it", () => {
  fc.assert(
    fc.property(
      picked(bare),
      fc.constantFrom("{}", "({})", "№{},", "pay {} {}", "{}.", "[{}]", "»{}«", "x/{}/y", "{};"),
      fc.constantFrom(places.line, places.name, places.agent, places.purpose, places.holder),
      ({ value }, frame, place) => {
        expect(isHit(place(frame.replaceAll("{}", value)))).toBe(true);
      },
    ),
    { numRuns: 800 },
  );
});

/** Everything but the last digit or letter: nobody's. */
test("another identifier of the same form, in the same words, is nobody's", () => {
  fc.assert(
    fc.property(picked(kinds), fc.constantFrom(...everyPlace), fc.nat(), ({ value, label, rewrite }, place, at) => {
      const digits = [...value.matchAll(/[0-9]/g)].map(({ index: i }) => i);
      fc.pre(digits.length > 0);
      const where = digits[at % digits.length] ?? 0;
      const other = `${value.slice(0, where)}${String((Number(value.charAt(where)) + 5) % 10)}${value.slice(where + 1)}`;
      expect(isHit(place(`${label}${rewrite(other)}`))).toBe(false);
    }),
    { numRuns: 600 },
  );
});
