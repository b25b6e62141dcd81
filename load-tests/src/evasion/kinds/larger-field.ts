import { type Hidden, fromTemplate } from "../hidden.ts";
import { partyTypeOf, type Plant } from "../plants.ts";
import type { Stage, Trick } from "../trick.ts";

/*
 * A1: a name field that holds more than the name. `{*}` is the listed name; the other words are in words.ts. A field of
 * several templates takes one of them by chance.
 */
const tricks: Readonly<Record<string, readonly string[]>> = {
  "joined by and/or": ["{p} AND/OR {*}", "{*} and/or {p}", "{f} AND/OR {*}"],
  "joined by &": ["{p} & {*}", "{*} & {p}", "{p} &{*}"],
  "joined by and, or": ["{p} and {*}", "{*} and {p}", "{p} or {*}", "{p} OR {*}"],
  "joined by a word of another language": [
    "{p} und {*}",
    "{p} y {*}",
    "{*} et {p}",
    "{p} e {*}",
    "{p} ve {*}",
    "{p} oder {*}",
    "{p} en {*}",
    "{p} и {*}",
  ],
  "joined by a semicolon": ["{p}; {*}", "{*};{p}", "{p} ;{*}"],
  "joined by a slash": ["{p}/{*}", "{p} / {*}", "{*} // {p}", "{p} \\ {*}"],
  "joined by a plus": ["{p} + {*}", "{p}+{*}", "{*} plus {p}"],
  "joined by a dash": ["{p} - {*}", "{*} – {p}", "{p} — {*}", "{p} -- {*}"],
  "joined by a comma": ["{p}, {*}", "{*}, {p}", "{f}, {*}"],
  "joined by a bar, bullet or star": ["{p} | {*}", "{*} • {p}", "{p} * {*}", "{p} · {*}", "{p} ~ {*}"],
  "on a line of its own": ["{p}\n{*}", "{*}\n{p}", "{p}\r\n{*}", "{f}\n{*}\n{t}"],
  "beside a tab": ["{p}\t{*}", "{*}\t{t}\t{cc}"],
  "third of three": ["{p}, {p} and {*}", "{p}; {p}; {*}", "{p} / {p} / {*}"],
  "first of several": ["{*}, {p}, {p} and others", "{*} et al. ({p}, {p})"],
  "joint account holders": ["Joint account: {p} and {*}", "{*} jt {p}", "{p} JTWROS {*}", "Mr {p} or Mrs {*}"],
  "trading as": ["{f} trading as {*}", "{p} T/A {*}", "{f} t/a {*}", "{*} trading as {f}"],
  "doing business as": ["{f} d/b/a {*}", "{f} DBA {*}", "{*} dba {f}", "{f} doing business as {*}"],
  formerly: [
    "{f} f.k.a. {*}",
    "{f} formerly {*}",
    "{f} (formerly known as {*})",
    "{f} ex {*}",
    "{f} fka {*}",
    "{p} née {*}",
    "{f} previously {*}",
  ],
  "also known as": [
    "{p} a.k.a. {*}",
    "{p} alias {*}",
    "{f} also known as {*}",
    "{*} aka {p}",
    "{p} known as {*}",
    "{p} dit {*}",
    "{p} genannt {*}",
  ],
  "care of": ["{p} c/o {*}", "{p} C/O {*}", "{f} care of {*}", "{p} co {*}", "{p} p/a {*}", "{*} c/o {p}"],
  "for the attention of": [
    "{f} Attn {*}",
    "{f} ATTN: {*}",
    "{f} for the attention of {*}",
    "{f} z.Hd. {*}",
    "FAO {*}, {f}",
    "{f} att. {*}",
  ],
  "on behalf of": [
    "{p} on behalf of {*}",
    "{p} OBO {*}",
    "{p} o/b/o {*}",
    "{f} for and on behalf of {*}",
    "{*} on behalf of {p}",
    "{p} im Auftrag von {*}",
    "{p} pour le compte de {*}",
  ],
  "for the benefit of": [
    "{f} FBO {*}",
    "{f} for the benefit of {*}",
    "{p} f/b/o {*}",
    "{f} F/A/O {*}",
    "{f} in favour of {*}",
    "{f} for account of {*}",
  ],
  "by order of": ["{f} by order of {*}", "{f} B/O {*}", "{p} B/O: {*}", "{f} IFO {*}", "{f} orden de {*}"],
  "trustee or executor": [
    "{p} as trustee for {*}",
    "{p} trustee of the {*} family trust",
    "Executor of the estate of {*}",
    "Estate of {*}",
    "{p} nominee for {*}",
    "{f} Client account re {*}",
  ],
  "in trust, guardian": [
    "{p} ITF {*}",
    "{p} in trust for {*}",
    "{p} guardian of {*}",
    "{p} POD {*}",
    "{p} power of attorney for {*}",
    "{p} POA {*}",
  ],
  "represented by": [
    "{f} represented by {*}",
    "{f} by its director {*}",
    "{f} per pro {*}",
    "{f} p.p. {*}",
    "{f}, signatory {*}",
    "{f} (UBO: {*})",
  ],
  "kin of": [
    "{p} wife of {*}",
    "{p} son of {*}",
    "{p} brother of {*}",
    "{p} on account of husband {*}",
    "{p}, driver of {*}",
  ],
  "subsidiary of": [
    "{f} a subsidiary of {*}",
    "{f}, member of {*} Group",
    "{f} owned by {*}",
    "{f} - part of {*}",
    "{f}, a {*} company",
  ],
  "address behind, commas": ["{*}, {s}, {t} {z}, {c}", "{*}, {s}, Apt 5, {t}", "{*},{s},{t}", "{*}, {t}, {c}"],
  "address behind, no commas": ["{*} {s} {t} {z}", "{*} {s} {t} {c}", "{*} {t} {cc}"],
  "address before": ["{s}, {t} {z}, {c}, {*}", "{t}: {*}", "{s} {t} {*}", "{c} - {t} - {*}"],
  "address lines behind": ["{*}\n{s}\n{t} {z}\n{c}", "{*}\r\n{s}\r\n{t}", "{*}\n{s}, {t}"],
  "50F lines": [
    "1/{*}\n2/{s}\n3/{cc}/{t}",
    "1/{p}\n1/{*}\n2/{s}\n3/{cc}/{t}",
    "1/{*}\n2/{s}\n2/APT 5\n3/{cc}/{t}\n4/19650412",
  ],
  "50F on one line": ["1/{*} 2/{s} 3/{cc}/{t}", "1/{*}2/{s}3/{cc}/{t}", "/{n10} 1/{*} 2/{s}"],
  "50K with its account": ["/{n10}\n{*}\n{s}\n{t}", ":50K:/{n10}\n{*}\n{s}", ":59:/{n10} {*} {s}"],
  phone: ["{*} {tel}", "{tel} {*}", "{*}, tel. {tel}", "{*} Tel:{tel} Fax:{tel}", "{*} mob {n10}", "{*} ({tel})"],
  "e-mail": ["{*} {mail}", "{*} <{mail}>", "{mail} {*}", "{*}, e-mail: {mail}"],
  "PO box": ["{*} PO Box {n6}", "P.O. Box {n6}, {*}", "{*}, POB {n3} {t}", "{*} BP {n3} {t}"],
  "number block before": ["{n10} {*}", "{n10}{n6} {*}", "Acct {n10} {*}", "{n3}-{n6} {*}", "/{n10}/{*}"],
  "number block behind": ["{*} {n10}", "{*} acct {n10}", "{*} A/C {n10}{n3}", "{*} #{n6}", "{*}-{n10}"],
  "customer number": ["CUST-{n6} {*}", "Client no. {n6}: {*}", "{*} (customer {n6})", "ID {n6} {*}", "Ref {ref} {*}"],
  "birth date": ["{*} DOB {d}", "{*} born {d}", "{*} ({d})", "{*} {d} {t}", "{*} d.o.b. {d} {c}", "{*} geb. {d}"],
  "in round brackets": ["{p} ({*})", "{f} ({*})", "{f}({*})", "({*}) {p}"],
  "in other brackets": ["{p} [{*}]", "{f} {{*}}", "{p} <{*}>", "{f} [[{*}]]", "{p} «{*}»", "{f} 【{*}】"],
  "in quotes": ['{f} "{*}"', "{f} '{*}'", "{f} „{*}“", "{p} “{*}”", '"{*}" {f}', "{f} `{*}`"],
  "in a sentence": [
    "Please pay to {*} for goods delivered in March",
    "This payment is meant for {*} only",
    "Funds belong to {*}, thank you",
    "the money goes on to {*} as we agreed",
    "Payment received from {*} in cash",
  ],
  "payroll and fees": [
    "Payroll of {*} March",
    "Salary {*} {d}",
    "School fees for {*}",
    "Loan repayment {*} {ref}",
    "Donation to {*} appeal",
    "Rent {*} {t}",
  ],
  "branch behind": [
    "{*}, {t} Main Branch",
    "{*} {t} Branch",
    "{*} - Branch {n3}",
    "{*}, Representative Office {t}",
    "{*} Filiale {t}",
    "{*} (branch {t})",
  ],
  "branch before": [
    "Head Office of {*}",
    "Representative office of {*}, {t}",
    "{t} Branch of {*}",
    "Regional agency, {*}",
    "Warehouse {n3} {*}",
  ],
  department: [
    "{*} Treasury Department Desk 4",
    "{*}, Accounts Payable",
    "{*} - Procurement Division",
    "Finance Dept, {*}",
    "{*} HR dept. {t}",
  ],
  "with an office or title": [
    "Director General {*}",
    "{*}, Chairman of the Board",
    "His Excellency {*}, {t}",
    "Colonel (ret.) {*}, head of logistics",
    "{*} CEO {f}",
    "Dr. med. {*}, consultant",
  ],
  "fields with labels": [
    "Name: {*}; Address: {s}",
    "NAME={*} CITY={t}",
    "Beneficiary: {*} Country: {c}",
    "Nom: {*} / Ville: {t}",
    "First/last name - {*} - {t}",
  ],
  "marked up": [
    "<Nm>{*}</Nm><Ctry>{cc}</Ctry>",
    '{"name":"{*}","city":"{t}"}',
    "<b>{*}</b> {t}",
    "name={*}&city={t}",
    "/BENM/{*}/{t}",
  ],
  "cells of a table": ['"{*}","{t}","{cc}"', "{ref},{*},{t},{cc}", "{n6}|{*}|{t}|{cc}", "{p}|{*}|{t}", "{n6};{*};{t}"],
  "behind a long text": [
    "This account is held by {f} of {s}, {t} ({c}) for settlement of invoice {ref} dated {d} and all amounts are due to {*}",
    "{p}, {s}, {t} {z}, {c}, {tel}, {mail}, {p}, {s}, {t}, {c}, {*}",
  ],
  "between long texts": [
    "{f}, {s}, {t} {z}, {c}; {*}; {f}, {s}, {t} {z}, {c}, {tel}",
    "{ref} {p} {s} {t} - {*} - {p} {s} {t} {mail}",
  ],
  "in a numbered list": ["1. {p} 2. {*}", "1) {p} 2) {*} 3) {p}", "a) {p} b) {*}", "(i) {p} (ii) {*}", "#1 {p} #2 {*}"],
  "not the payer": [
    "NOT {p} BUT {*}",
    "{p} pays for {*}",
    "instead of {p}: {*}",
    "{p} via {*}",
    "{p} to {*}",
    "{p} -> {*}",
    "from {*} to {p}",
    "{f} re {*}",
    "{f} i.r.o. {*}",
  ],
};

export const largerField: readonly Trick[] = Object.entries(tricks).map(([name, templates]) => ({
  class: "field",
  name: `name field: ${name}`,
  wants: { what: "name" },
  play(stage) {
    const { plant, words } = stage;
    writeName(stage, fromTemplate(words.random.pick(templates), plant.text, words.fill));
    return true;
  },
}));

/** Into the name of a party (half of all), of the holder of its account, or of an agent. */
export function writeName({ draft, plant, words: { random } }: Stage, text: Hidden): void {
  const place = random.below(4);
  if (place === 3) draft.hide(`${draft.agent}.name`, text);
  else {
    draft.set(`${draft.party}.type`, typeFor(plant, random.oneIn(2)));
    draft.hide(`${draft.party}.${place === 2 ? "account.name" : "name"}`, text);
  }
}

/** A ship is not compared with a person's name, so a party that hides one does not say that it is a person. */
function typeFor(plant: Plant, told: boolean): ReturnType<typeof partyTypeOf> {
  return told && plant.type !== "VESSEL" ? partyTypeOf(plant.type) : "UNKNOWN";
}
