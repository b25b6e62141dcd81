import type { DraftOf } from "../draft.ts";
import { fromTemplate, hidden } from "../hidden.ts";
import type { Stage, Trick } from "../trick.ts";

/*
 * B: every text that a person can write, plain or with words around it. `party` and `agent` stand for one of the event's;
 * the party's own name is harmless.
 */
interface Place {
  readonly path: string;
  readonly templates: readonly string[];
  readonly of?: DraftOf;
  /** Texts beside it that must be as given, such as the lines of an address before this one. */
  readonly beside?: Readonly<Record<string, unknown>>;
}

const plain = ["{*}"];
const careOf = ["c/o {*}", "C/O {*}", "care of {*}", "p/a {*}", "attn {*}", "bei {*}", "chez {*}"];
const withReference = ["{ref} {*}", "{*} {ref}", "{n6}/{*}", "{*}-{n6}", "INV {n6} {*}"];

const places: Readonly<Record<string, Place>> = {
  "address line 1": { path: "party.address.lines[0]", templates: plain },
  "address line 1, care of": { path: "party.address.lines[0]", templates: careOf },
  "address line 1, before a street": {
    path: "party.address.lines[0]",
    templates: ["{*}, {s}", "{*} {s}", "{*}, {s}, {t}", "c/o {*} {s}"],
  },
  "address line 1, behind a street": {
    path: "party.address.lines[0]",
    templates: ["{s}, {*}", "{s}, {t}, {*}", "{s} c/o {*}", "{t} {z} attn. {*}"],
  },
  "address line 2": { path: "party.address.lines[1]", templates: plain },
  "address line 2, care of": { path: "party.address.lines[1]", templates: careOf },
  "address line 3, with words": {
    path: "party.address.lines[2]",
    templates: ["residence of {*}", "office of {*}", "flat of {*}, {t}", "tenant {*}"],
  },
  "address line 6": { path: "party.address.lines[5]", templates: plain },
  "address line, joined names": {
    path: "party.address.lines[0]",
    templates: ["{p} and {*}", "{*} / {p}", "{f}; {*}", "{p} on behalf of {*}"],
  },
  "address line, 50F numbers": {
    path: "party.address.lines[0]",
    templates: ["1/{*}", "2/{*}", "3/{cc}/{t} {*}", "8/{*}"],
  },
  street: { path: "party.address.street", templates: plain },
  "street, care of": { path: "party.address.street", templates: careOf },
  "street, before a real one": { path: "party.address.street", templates: ["{*}, {s}", "{*} {s}", "{*} - {s}"] },
  "street, behind a real one": {
    path: "party.address.street",
    templates: ["{s}, {*}", "{s} ({*})", "{s}, house of {*}"],
  },
  town: { path: "party.address.town", templates: plain },
  "town, care of or behind": {
    path: "party.address.town",
    templates: ["{t}, c/o {*}", "{t} ({*})", "{*}, {t}", "{t} / {*}"],
  },
  "post code": { path: "party.address.postCode", templates: plain },
  "post code, beside one": { path: "party.address.postCode", templates: ["{z} {*}", "{*} {z}"] },
  "birth place": { path: "party.birthPlace", templates: plain },
  "birth place, with words": {
    path: "party.birthPlace",
    templates: ["{t}, son of {*}", "{t} (real name {*})", "{t}; alias {*}", "born as {*} in {t}"],
  },
  contact: { path: "party.contact", templates: plain },
  "contact, before or behind a phone": {
    path: "party.contact",
    templates: ["{*} {tel}", "{tel} ({*})", "{tel} {*}", "{*}, {tel}"],
  },
  "contact, ask for": {
    path: "party.contact",
    templates: ["ask for {*}", "{mail} attn {*}", "Mr {*}, {mail}", "assistant of {*}"],
  },
  "contact, display name of an e-mail": {
    path: "party.contact",
    templates: ['"{*}" <{mail}>', "{*} <{mail}>", "{mail} ({*})"],
  },
  "account number": { path: "party.account.value", templates: plain },
  "account number, beside one": {
    path: "party.account.value",
    templates: ["{n10} {*}", "{*} {n10}", "{n10}/{*}", "a/c of {*}", "wallet of {*}"],
  },
  "account holder, harmless party": { path: "party.account.name", templates: ["{*} {t}", "{*}, {s}", "{p} or {*}"] },
  identifier: { path: "party.identifiers[0].value", templates: plain },
  "identifier, with words": {
    path: "party.identifiers[0].value",
    templates: ["{n10} {*}", "passport of {*}", "{*} no. {n6}", "ID {n6} issued to {*}"],
  },
  "identifier of kind OTHER": {
    path: "party.identifiers[0].value",
    templates: [...plain, "guarantor {*}"],
    beside: { "party.identifiers[0].kind": "OTHER" },
  },
  "issuer of an identifier": { path: "party.identifiers[0].issuer", templates: plain },
  "issuer of an identifier, with words": {
    path: "party.identifiers[0].issuer",
    templates: ["issued by {*}", "{c}, {*}", "on application of {*}"],
  },
  "end-to-end id": { path: "endToEndId", templates: plain, of: "payments" },
  "end-to-end id, with a reference": { path: "endToEndId", templates: withReference, of: "payments" },
  "instruction id": { path: "instructionId", templates: plain, of: "payments" },
  "instruction id, with a reference": {
    path: "instructionId",
    templates: [...withReference, "for {*}"],
    of: "payments",
  },
  "purpose, with words": {
    path: "purpose",
    templates: ["support of {*}", "shares sold by {*}", "GDDS {*}", "debts of {*} to {p}"],
  },
  relationship: { path: "relationship", templates: plain, of: "remittances" },
  "relationship, business": {
    path: "relationship",
    templates: [
      "business partner of {*}",
      "employee of {*}",
      "lawyer of {*}",
      "agent for {*}",
      "supplier to {*}",
      "creditor of {*}",
    ],
    of: "remittances",
  },
  "relationship, kin": {
    path: "relationship",
    templates: [
      "brother of {*}",
      "wife of {*}",
      "nephew of {*}",
      "friend of {*}, {t}",
      "cousin ({*})",
      "mother-in-law of {*}",
    ],
    of: "remittances",
  },
  "agent's address line 1": { path: "agent.address.lines[0]", templates: plain },
  "agent's address line 3, care of": { path: "agent.address.lines[2]", templates: careOf },
  "agent's street": { path: "agent.address.street", templates: [...plain, "c/o {*}", "{s}, {*}"] },
  "agent's town": { path: "agent.address.town", templates: [...plain, "{t}, {*}"] },
  "agent's post code": { path: "agent.address.postCode", templates: [...plain, "{z} {*}"] },
  "agent's clearing number": { path: "agent.clearingId", templates: plain },
  "agent's clearing number, beside one": {
    path: "agent.clearingId",
    templates: ["GBDSC {n6} {*}", "{*} {n6}", "{n6}/{*}"],
  },
  "agent of a remittance, larger name": {
    path: "agent.name",
    templates: ["{*} {t} Branch", "{t} counter of {*}", "{bank} for {*}", "{*} agency, {s}"],
    of: "remittances",
  },
  "address of a party in no role": {
    path: "parties[2].address.lines[0]",
    templates: [...plain, "c/o {*}"],
    of: "payments",
  },
  "contact of a party in no role": { path: "parties[2].contact", templates: [...plain, "attn {*}"], of: "payments" },
  "last of many lines of the message": {
    path: "message[9]",
    templates: [...plain, "greetings to {*}"],
    of: "remittances",
  },
  "last of many lines of the remittance": {
    path: "remittanceInformation[12]",
    templates: [...plain, "final beneficiary {*}"],
    of: "payments",
  },
  "account of an agentless event, reference": { path: "party.account.value", templates: ["{ref} {*}", "{*}-{ref}"] },
};

/** Where the party or agent of the draft stands, for a place's path. */
export function pathIn({ draft }: Stage, path: string): string {
  return path.replace(/^party\b/, draft.party).replace(/^agent\b/, draft.agent);
}

const single: readonly Trick[] = Object.entries(places).map(([name, { path, templates, of, beside = {} }]) => ({
  class: "unread",
  name: `field: ${name}`,
  wants: { what: "name" },
  of,
  play(stage) {
    const { draft, plant, words } = stage;
    fillPersonal(stage);
    for (const [other, value] of Object.entries(beside)) draft.set(pathIn(stage, other), value);
    draft.hide(pathIn(stage, path), fromTemplate(words.random.pick(templates), plant.text, words.fill));
    return true;
  },
}));

/** What a firm has no value for is filled, so that each place can be written to. */
function fillPersonal({ draft, words }: Stage): void {
  draft.set(`${draft.party}.birthPlace`, words.fill("t"));
}

/** The name is broken between two fields at a space: half of its words in each. */
function acrossLines(name: string, first: string, second: string): Trick {
  return {
    class: "unread",
    name: `field: ${name}`,
    wants: { what: "name", matching: /^\S+ \S+/u },
    play(stage) {
      const { draft, plant } = stage;
      const words = plant.text.split(" ");
      const half = Math.ceil(words.length / 2);
      draft.hide(pathIn(stage, first), hidden("", words.slice(0, half).join(" ")));
      draft.hide(pathIn(stage, second), hidden("", words.slice(half).join(" ")));
      return true;
    },
  };
}

export const unreadField: readonly Trick[] = [
  ...single,
  acrossLines("broken between two address lines", "party.address.lines[0]", "party.address.lines[1]"),
  acrossLines("broken between two address lines of an agent", "agent.address.lines[0]", "agent.address.lines[1]"),
];
