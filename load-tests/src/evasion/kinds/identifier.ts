import type { IdentifierKind, Payment } from "@cordon/schemas";
import type { ListedIdentifier } from "@cordon/screening";

import { fromTemplate, hidden } from "../hidden.ts";
import { bareForms, type IdentifierWants, type Plant } from "../plants.ts";
import type { Stage, Trick } from "../trick.ts";
import { grouped, inDigitsOf, reshaped, type Reshape } from "./rewritten.ts";

/** Where an identifier stands: a free line, a name, a field of its own under some kind, or another field. */
type Place =
  | {
      readonly in:
        | "line"
        | "name"
        | "account"
        | "accountName"
        | "contact"
        | "clearing"
        | "address"
        | "agentName"
        | "purpose"
        | "street";
    }
  | { readonly in: "reference" }
  | { readonly in: "own"; readonly as: IdentifierKind | "same" };

interface Spec {
  readonly name: string;
  readonly kinds: readonly ListedIdentifier["kind"][];
  readonly at: readonly Place[];
  readonly templates?: readonly string[];
  readonly as?: Reshape;
  readonly matching?: RegExp;
  readonly currencies?: readonly string[];
}

const line = { in: "line" } as const;
const name = { in: "name" } as const;
const account = { in: "account" } as const;
const contact = { in: "contact" } as const;
const address = { in: "address" } as const;
const texts: readonly Place[] = [line, name, address, { in: "purpose" }, { in: "accountName" }];
const own = (as: IdentifierKind | "same"): Place => ({ in: "own", as });

const ether = ["ETH"];
const bitcoin = ["XBT", "BTC", "LTC", "DASH", "BCH", "BSV", "BTG", "XVG", "ZEC"];
const eightOrMore = /^(?:[A-Z]{1,3}[0-9]{6,10}|[0-9]{9,12})$/;

const wallets: readonly Spec[] = [
  {
    name: "hexadecimal in small letters in a text",
    kinds: ["WALLET"],
    currencies: ether,
    at: texts,
    templates: ["usdt to {*}", "{*}", "eth {*} thanks"],
    as: (text) => text.toLowerCase(),
  },
  {
    name: "hexadecimal in capitals in a text",
    kinds: ["WALLET"],
    currencies: ether,
    at: texts,
    templates: ["usdt to {*}", "send {*}"],
    as: (text) => `0x${text.slice(2).toUpperCase()}`,
  },
  {
    name: "hexadecimal with 0X",
    kinds: ["WALLET"],
    currencies: ether,
    at: [line, account, own("WALLET")],
    as: (text) => text.toUpperCase(),
  },
  {
    name: "hexadecimal in a web address",
    kinds: ["WALLET"],
    currencies: ether,
    at: [line, address],
    templates: ["https://etherscan.io/address/{*}", "see etherscan.io/address/{*}#tokentxns"],
    as: (text) => text.toLowerCase(),
  },
  {
    name: "chain number beside it",
    kinds: ["WALLET"],
    currencies: ether,
    at: [line, own("WALLET"), account],
    templates: ["eip155:1:{*}", "ethereum:{*}@1", "{*}@137", "chain 1 {*}"],
  },
  {
    name: "network beside it, hexadecimal",
    kinds: ["WALLET"],
    currencies: ether,
    at: [line, own("WALLET"), account],
    templates: ["ERC20 {*}", "USDT-ERC20: {*}", "{*} (ERC-20)", "BEP20:{*}"],
  },
  {
    name: "in a sentence",
    kinds: ["WALLET"],
    currencies: bitcoin,
    at: texts,
    templates: ["please send to {*} today", "{*} is my wallet", "coins->{*}", "my addr.{*}, ok"],
  },
  {
    name: "currency before it",
    kinds: ["WALLET"],
    currencies: bitcoin,
    at: [line, own("WALLET"), account, name],
    templates: ["BTC {*}", "BTC:{*}", "bitcoin {*}", "XBT/{*}", "coin - {*}"],
  },
  {
    name: "scheme before it",
    kinds: ["WALLET"],
    currencies: bitcoin,
    at: [line, own("WALLET"), account],
    templates: ["bitcoin:{*}", "litecoin:{*}", "BITCOIN:{*}", "bitcoin://{*}"],
  },
  {
    name: "scheme and amount",
    kinds: ["WALLET"],
    currencies: bitcoin,
    at: [line, own("WALLET"), account],
    templates: ["bitcoin:{*}?amount=0.5", "bitcoin:{*}?label=rent&amount=1", "ethereum:{*}?value=1e18"],
  },
  {
    name: "groups of four, spaces",
    kinds: ["WALLET"],
    currencies: bitcoin,
    at: [line, own("WALLET"), account],
    as: grouped(4, " "),
  },
  {
    name: "groups of four, dashes",
    kinds: ["WALLET"],
    currencies: bitcoin,
    at: [line, own("WALLET")],
    as: grouped(4, "-"),
  },
  {
    name: "tag or memo behind it",
    kinds: ["WALLET"],
    at: [own("WALLET"), line, account],
    templates: ["{*}:104729", "{*}?dt=104729", "{*} memo 104729", "{*} tag: 104729", "{*}/104729"],
  },
  { name: "as an account number", kinds: ["WALLET"], at: [account], templates: ["{*}", " {*} "] },
  {
    name: "under kind OTHER",
    kinds: ["WALLET"],
    at: [own("OTHER"), own("REGISTRATION")],
    templates: ["{*}", "wallet {*}"],
  },
  {
    name: "in brackets or quotes",
    kinds: ["WALLET"],
    at: texts,
    templates: ["({*})", '"{*}"', "<{*}>", "[{*}]", "'{*}'", "wallet={*};"],
  },
  { name: "in a reference", kinds: ["WALLET"], at: [{ in: "reference" }], templates: ["{*}", "w-{*}", "TO {*}"] },
];

const passports: readonly Spec[] = [
  {
    name: "label in its own field",
    kinds: ["PASSPORT"],
    at: [own("PASSPORT")],
    templates: ["Passport No. {*}", "passport {*}", "PP {*}", "Passport: {*}", "Passport number {*}", "PPT#{*}"],
  },
  {
    name: "label in a text",
    kinds: ["PASSPORT"],
    matching: eightOrMore,
    at: texts,
    templates: [
      "passport no {*}",
      "PP NO: {*}",
      "Passport # {*}",
      "pass. no. {*}",
      "holder of passport {*}",
      "PASSPORT-NO.{*}",
    ],
  },
  {
    name: "label of another language",
    kinds: ["PASSPORT"],
    matching: eightOrMore,
    at: [line, own("PASSPORT"), address],
    templates: [
      "Passeport n° {*}",
      "Reisepass Nr. {*}",
      "паспорт № {*}",
      "pasaporte No. {*}",
      "passaporto {*}",
      "paspoort nr {*}",
      "جواز سفر رقم {*}",
      "pasaport no {*}",
    ],
  },
  {
    name: "letters and digits apart",
    kinds: ["PASSPORT"],
    matching: /^[A-Z]{1,3}[0-9]{6,9}$/,
    at: [line, own("PASSPORT"), name],
    templates: ["passport {*}", "passport no. {*}"],
    as: (text) => text.replace(/^([A-Z]+)/, "$1 "),
  },
  {
    name: "dash behind the letters",
    kinds: ["PASSPORT"],
    matching: /^[A-Z]{1,3}[0-9]{6,9}$/,
    at: [line, own("PASSPORT"), address],
    templates: ["passport {*}", "PP {*}"],
    as: (text) => text.replace(/^([A-Z]+)/, "$1-"),
  },
  {
    name: "small letters",
    kinds: ["PASSPORT"],
    matching: /^[A-Z]{1,3}[0-9]{6,9}$/,
    at: [line, own("PASSPORT"), name, address],
    templates: ["passport {*}", "pass no {*}"],
    as: (text) => text.toLowerCase(),
  },
  {
    name: "digits in groups of three",
    kinds: ["PASSPORT"],
    matching: /^[0-9]{9}$/,
    at: [line, own("PASSPORT")],
    templates: ["passport {*}", "passport no {*}"],
    as: grouped(3, " "),
  },
  {
    name: "under kind OTHER",
    kinds: ["PASSPORT"],
    matching: eightOrMore,
    at: [own("OTHER")],
    templates: ["{*}", "passport {*}"],
  },
  {
    name: "under the kind of another document",
    kinds: ["PASSPORT"],
    matching: /^[A-Z]{0,3}[0-9]{9,10}$/,
    at: [own("NATIONAL_ID"), own("TAX_ID")],
  },
  {
    name: "no label, letters and digits",
    kinds: ["PASSPORT"],
    matching: /^[A-Z]{2,3}[0-9]{6,8}$/,
    at: [line, name, address],
    templates: ["{p} {*}", "{*}", "ref {*} {t}"],
  },
  {
    name: "country between label and number",
    kinds: ["PASSPORT"],
    matching: eightOrMore,
    at: [line, address],
    templates: ["passport (Iran) {*}", "Russian passport {*}", "passport IR {*}", "passport issued in {t} no. {*}"],
  },
];

const papers: readonly Spec[] = [
  {
    name: "identity card, label in its own field",
    kinds: ["NATIONAL_ID"],
    at: [own("NATIONAL_ID")],
    templates: ["ID card {*}", "National ID: {*}", "ID No. {*}", "NIN {*}", "C.C. {*}"],
  },
  {
    name: "identity card, label in a text",
    kinds: ["NATIONAL_ID"],
    matching: /^[0-9]{8,14}$/,
    at: texts,
    templates: ["national id {*}", "ID no. {*}", "cedula {*}", "Cédula No. {*}", "identity card no {*}", "tazkira {*}"],
  },
  {
    name: "identity card with dots",
    kinds: ["NATIONAL_ID"],
    matching: /^[0-9]{8,10}$/,
    at: [own("NATIONAL_ID"), line],
    templates: ["{*}", "C.C. {*}"],
    as: grouped(3, ".", "right"),
  },
  {
    name: "tax number, label in its own field",
    kinds: ["TAX_ID"],
    at: [own("TAX_ID")],
    templates: ["INN {*}", "Tax ID: {*}", "TIN {*}", "ИНН {*}", "VAT {*}"],
  },
  {
    name: "tax number, label in a text",
    kinds: ["TAX_ID"],
    at: texts,
    templates: ["INN {*}", "ИНН {*}", "ИНН: {*}", "TIN {*}", "tax no. {*}", "VAT {*}", "inn{*}", "NIT {*}"],
  },
  {
    name: "tax number, no label",
    kinds: ["TAX_ID"],
    matching: /^[0-9]{10,12}$/,
    at: [line, account, name, address],
    templates: ["{*}", "payment {*} {t}", "{f} {*}"],
  },
  {
    name: "tax number with the office's number",
    kinds: ["TAX_ID"],
    matching: /^[0-9]{10}$/,
    at: [own("TAX_ID"), line],
    templates: ["{*}/770301001", "INN/KPP {*}/770301001", "ИНН/КПП {*} / 770301001"],
  },
  {
    name: "tax number in groups",
    kinds: ["TAX_ID"],
    matching: /^[0-9]{10,12}$/,
    at: [own("TAX_ID"), line],
    templates: ["INN {*}", "TIN {*}"],
    as: grouped(4, " "),
  },
  {
    name: "Colombian tax number with dots and dash",
    kinds: ["TAX_ID"],
    matching: /^[0-9]{9}-[0-9]$/,
    at: [own("TAX_ID"), line, name],
    templates: ["NIT {*}", "NIT: {*}", "Nit. No. {*}"],
    as: (text) => text.replace(/^(\d{3})(\d{3})(\d{3})-/, "$1.$2.$3-"),
  },
  {
    name: "Mexican tax number without its dashes",
    kinds: ["TAX_ID"],
    matching: /^[A-Z]{3,4}-?[0-9]{6}-?[A-Z0-9]{3}$/,
    at: [own("TAX_ID"), line, account],
    templates: ["RFC {*}", "R.F.C. {*}", "{*}"],
    as: (text) => text.replaceAll("-", ""),
  },
  {
    name: "tax number under another kind",
    kinds: ["TAX_ID"],
    at: [own("REGISTRATION"), own("OTHER"), own("NATIONAL_ID")],
    templates: ["{*}", "INN {*}"],
  },
  {
    name: "registration, label in its own field",
    kinds: ["REGISTRATION"],
    at: [own("REGISTRATION")],
    templates: ["OGRN {*}", "Reg. No. {*}", "Registration No {*}", "HRB {*}", "ОГРН {*}", "RC {*}"],
  },
  {
    name: "registration, label in a text",
    kinds: ["REGISTRATION"],
    matching: /^[A-Z]{0,3}[0-9]{8,15}$/,
    at: texts,
    templates: [
      "OGRN {*}",
      "Reg. No. {*}",
      "registration number {*}",
      "company no {*}",
      "ОГРН {*}",
      "commercial register {*}",
    ],
  },
  {
    name: "registration in groups",
    kinds: ["REGISTRATION"],
    matching: /^[0-9]{13}$/,
    at: [own("REGISTRATION"), line],
    templates: ["OGRN {*}", "OGRN: {*}"],
    as: grouped(3, " "),
  },
  {
    name: "registration with a space behind its letters",
    kinds: ["REGISTRATION"],
    matching: /^[A-Z]{1,3}[0-9]{6,9}$/,
    at: [own("REGISTRATION"), line],
    templates: ["Reg. No. {*}", "registration {*}"],
    as: (text) => text.replace(/^([A-Z]+)/, "$1 "),
  },
  {
    name: "registration under another kind",
    kinds: ["REGISTRATION"],
    matching: /^[0-9]{10,15}$/,
    at: [own("TAX_ID"), own("OTHER"), account],
    templates: ["{*}"],
  },
  {
    name: "digits of another script",
    kinds: ["PASSPORT", "TAX_ID", "REGISTRATION", "NATIONAL_ID"],
    matching: /^[A-Z]{0,3}[0-9]{9,15}$/,
    at: [own("same"), line],
    templates: ["{*}"],
    as: inDigitsOf,
  },
  {
    name: "other dashes and spaces",
    kinds: ["TAX_ID", "REGISTRATION"],
    matching: /^[0-9]{10,13}$/,
    at: [own("TAX_ID"), line],
    templates: ["INN {*}", "OGRN {*}"],
    as: reshaped((text, random) =>
      text.replace(
        /(\d{4})(\d{3})/,
        `$1${random.pick(["\u2011", "\u2013", "\u00a0", "\u2009", "\u202f", "\u2212"])}$2`,
      ),
    ),
  },
  {
    name: "invisible characters among the digits",
    kinds: ["TAX_ID", "REGISTRATION", "PASSPORT"],
    matching: /^[A-Z]{0,3}[0-9]{9,13}$/,
    at: [own("same"), line],
    templates: ["{*}"],
    as: reshaped(
      (text, random) =>
        text.slice(0, 4) + random.pick(["\u200b", "\u00ad", "\u2060", "\u200e", "\ufeff"]) + text.slice(4),
    ),
  },
];

const codes: readonly Spec[] = [
  {
    name: "ship number in groups in a text",
    kinds: ["IMO"],
    at: texts,
    templates: ["IMO {*}", "imo no. {*}", "IMO: {*}"],
    as: reshaped((text, random) => text.slice(0, 3) + random.pick([" ", "-", "."]) + text.slice(3)),
  },
  {
    name: "ship number, ways of its label",
    kinds: ["IMO"],
    at: texts,
    templates: [
      "IMO-{*}",
      "IMO{*}",
      "I.M.O. {*}",
      "IMO No {*}",
      "imo#{*}",
      "IMO/{*}",
      "IMO number {*}",
      "LR/IMO {*}",
      "IMO ship no. {*}",
    ],
  },
  {
    name: "ship number beside a name",
    kinds: ["IMO"],
    at: [name, line, { in: "accountName" }],
    templates: ["MV {t} IMO {*}", "{f} (IMO {*})", "cargo of IMO {*} at {t}"],
  },
  {
    name: "ship number under another kind",
    kinds: ["IMO"],
    at: [own("OTHER"), own("REGISTRATION")],
    templates: ["{*}", "IMO {*}", "IMO{*}"],
  },
  {
    name: "BIC, label and groups in a text",
    kinds: ["BIC"],
    at: texts,
    templates: ["SWIFT {*}", "BIC {*}", "swift code {*}", "BIC/SWIFT: {*}"],
    as: (text) => `${text.slice(0, 4)} ${text.slice(4, 6)} ${text.slice(6)}`,
  },
  {
    name: "BIC in small letters in a text",
    kinds: ["BIC"],
    at: texts,
    templates: ["swift {*}", "bic: {*}", "SWIFT/BIC {*}"],
    as: (text) => text.toLowerCase(),
  },
  {
    name: "BIC of a branch or with XXX",
    kinds: ["BIC"],
    at: [line, own("BIC"), { in: "agentName" }],
    templates: ["{*}XXX", "{*} XXX"],
  },
  {
    name: "BIC with its label in its own field",
    kinds: ["BIC"],
    at: [own("BIC")],
    templates: ["BIC {*}", "SWIFT: {*}", "SWIFT/BIC {*}", "BIC:{*}"],
  },
  {
    name: "BIC under another kind",
    kinds: ["BIC"],
    at: [own("OTHER"), own("REGISTRATION")],
    templates: ["{*}", "BIC {*}"],
  },
  {
    name: "BIC as a clearing number",
    kinds: ["BIC"],
    at: [{ in: "clearing" }],
    templates: ["{*}", "{*}XXX", "BIC {*}"],
  },
  {
    name: "BIC in the name of a bank",
    kinds: ["BIC"],
    at: [{ in: "agentName" }, name],
    templates: ["{bank} {*}", "{bank} ({*})", "{bank}, SWIFT {*}"],
  },
  {
    name: "LEI in groups or small letters",
    kinds: ["LEI"],
    at: [line, own("LEI"), own("REGISTRATION")],
    templates: ["LEI {*}", "{*}", "LEI: {*}"],
    as: reshaped((text, random) =>
      random.oneIn(2) ? text.toLowerCase() : (text.match(/.{4}/g) ?? []).join(random.pick([" ", "-"])),
    ),
  },
  {
    name: "MMSI in a text or under another kind",
    kinds: ["MMSI"],
    at: [line, name, own("OTHER")],
    templates: ["MMSI {*}", "mmsi: {*}", "MMSI no. {*}"],
  },
];

const reach: readonly Spec[] = [
  {
    name: "phone with its label",
    kinds: ["PHONE"],
    at: [contact, own("PHONE")],
    templates: ["Tel: {*}", "Tel. {*}", "phone {*}", "mob: {*}", "тел. {*}", "Tel/Fax {*}", "WhatsApp {*}"],
  },
  {
    name: "two phones",
    kinds: ["PHONE"],
    at: [contact],
    templates: ["{tel}, {*}", "{*} / {tel}", "{*}; {tel}", "{tel} or {*}"],
  },
  {
    name: "phone and e-mail",
    kinds: ["PHONE"],
    at: [contact],
    templates: ["{mail}, {*}", "{*} {mail}", "{*} / {mail}"],
  },
  {
    name: "phone in a text",
    kinds: ["PHONE"],
    matching: /^\+[0-9 ()-]{10,18}$/,
    at: [line, name, address, { in: "street" }],
    templates: ["call {*}", "tel {*}", "{p} {*}", "whatsapp {*} please"],
  },
  {
    name: "phone written otherwise",
    kinds: ["PHONE"],
    matching: /^\+[0-9 ()-]{10,18}$/,
    at: [contact, own("PHONE")],
    templates: ["{*}", "tel:{*}"],
    as: reshaped((text, random) => {
      const all = text.replaceAll(/\D/g, "");
      const apart = (all.match(/.{1,3}/g) ?? []).join(random.pick([".", "-", " ", "/"]));
      return random.pick([`00${all}`, `+${apart}`, `(+${all.slice(0, 3)}) ${all.slice(3)}`]);
    }),
  },
  {
    name: "phone under another kind",
    kinds: ["PHONE"],
    matching: /^\+[0-9 ()-]{10,18}$/,
    at: [own("OTHER"), account],
    templates: ["{*}", "tel. {*}"],
  },
  {
    name: "e-mail and phone",
    kinds: ["EMAIL"],
    at: [contact],
    templates: ["{*} {tel}", "{tel}, {*}", "e-mail: {*} tel: {tel}", "{*};{mail}"],
  },
  {
    name: "e-mail with its label",
    kinds: ["EMAIL"],
    at: [contact, own("EMAIL")],
    templates: ["mailto:{*}", "E-mail: {*}", "email {*}", "<{*}>", "Email:{*}", "{p} <{*}>"],
  },
  {
    name: "e-mail in capitals",
    kinds: ["EMAIL"],
    at: [contact, own("EMAIL"), line],
    templates: ["{*}"],
    as: (text) => text.toUpperCase(),
  },
  {
    name: "e-mail in a text",
    kinds: ["EMAIL"],
    at: [line, name, address, { in: "street" }, { in: "purpose" }],
    templates: ["write to {*}.", "paypal {*}", "({*})", "{p}, {*}, {t}", "mailto:{*}"],
  },
  {
    name: "e-mail under another kind",
    kinds: ["EMAIL"],
    at: [own("OTHER"), account, { in: "reference" }],
    templates: ["{*}", "paypal:{*}"],
  },
];

export const identifier: readonly Trick[] = [
  ...tricksOf("wallet", wallets),
  ...tricksOf("passport", passports),
  ...tricksOf("document", papers),
  ...tricksOf("code", codes),
  ...tricksOf("reach", reach),
  acrossLineEnd(
    "wallet broken at a line's end",
    { what: "identifier", kinds: ["WALLET"], matching: bareForms.WALLET! },
    ["wallet ", "send usdt to "],
  ),
  acrossLineEnd(
    "number broken at a line's end",
    { what: "identifier", kinds: ["TAX_ID", "REGISTRATION"], matching: /^[0-9]{10,15}$/ },
    ["INN ", "OGRN "],
  ),
  acrossLineEnd(
    "label and passport on two lines",
    { what: "identifier", kinds: ["PASSPORT"], matching: eightOrMore },
    [],
    true,
  ),
];

function tricksOf(group: string, specs: readonly Spec[]): readonly Trick[] {
  return specs.map((spec) => ({
    class: "identifier",
    name: `${group}: ${spec.name}`,
    wants: wantsOf(spec),
    play: (stage) => playSpec(spec, stage),
  }));
}

function wantsOf({ kinds, matching, currencies }: Spec): IdentifierWants {
  return { what: "identifier", kinds, ...(matching && { matching }), ...(currencies && { currencies }) };
}

function playSpec({ at, templates = ["{*}"], as }: Spec, stage: Stage): boolean {
  const { plant, words } = stage;
  const written = as === undefined ? plant.text : as(plant.text, words.random);
  const text = fromTemplate(words.random.pick(templates), written, words.fill);
  stage.draft.hide(pathOf(stage, words.random.pick(at)), text);
  return true;
}

/** Makes room for what is to be written there, and says where that is. */
function pathOf({ draft, plant }: Stage, place: Place): string {
  const { party, agent } = draft;
  switch (place.in) {
    case "own": {
      const kind = place.as === "same" ? kindOf(plant) : place.as;
      const own: Payment["parties"][number]["identifiers"][number] = { kind, value: "", issuer: null };
      draft.set(`${party}.identifiers`, [own]);
      return `${party}.identifiers[0].value`;
    }
    case "line":
      return `${draft.lines}[1]`;
    case "purpose":
      return "purpose";
    case "reference":
      return draft.of === "payments" ? "endToEndId" : "relationship";
    case "clearing":
      return `${agent}.clearingId`;
    case "agentName":
      return `${agent}.name`;
    case "address":
      return `${party}.address.lines[1]`;
    case "street":
      return `${party}.address.street`;
    case "account":
      return `${party}.account.value`;
    case "accountName":
      return `${party}.account.name`;
    case "contact":
      return `${party}.contact`;
    case "name":
      draft.set(`${party}.type`, "UNKNOWN");
      return `${party}.name`;
  }
}

/** What an event calls an identifier of the list. */
export function kindOf({ kind }: Pick<Plant, "kind">): IdentifierKind {
  return kind === null || kind === "IBAN" ? "OTHER" : kind;
}

/** A text of 35 characters a line that breaks within the number, or between its label and it. */
function acrossLineEnd(name: string, wants: IdentifierWants, labels: readonly string[], between = false): Trick {
  return {
    class: "identifier",
    name: `lines: ${name}`,
    wants,
    play({ draft, plant, words }) {
      if (between) {
        draft.set(`${draft.lines}[0]`, `${words.fill("ref")} passport no.`);
        draft.hide(`${draft.lines}[1]`, hidden("", plant.text, ` of ${words.fill("t")}`));
        return true;
      }
      const before = words.random.pick(labels);
      const room = 35 - before.length;
      const head = Math.min(plant.text.length - 3, 3 + words.random.below(room - 4));
      const padded = before.padStart(35 - head, "x ");
      draft.hide(`${draft.lines}[0]`, hidden(padded, plant.text.slice(0, head)));
      draft.hide(`${draft.lines}[1]`, hidden("", plant.text.slice(head)));
      return true;
    },
  };
}
