import { decimalFromString, madeAsEvent, type Payment, type Remittance } from "@cordon/schemas";

import type { Hidden } from "./hidden.ts";
import { digits, type Words } from "./words.ts";

type Party = Payment["parties"][number];
type Agent = Payment["agents"][number];
export type PartyType = Party["type"];

/** Where a piece of what is hidden stands. */
export interface HiddenPart extends Hidden {
  readonly path: string;
}

export type DraftOf = "payments" | "remittances";

/** An event in the making: complete and innocent, until a trick writes something into it. */
export interface Draft {
  readonly of: DraftOf;
  readonly event: Payment | Remittance;
  readonly parts: readonly HiddenPart[];
  /** Paths of the party and of the agent that tricks are played with, and of the array of free lines. */
  readonly party: string;
  readonly agent: string;
  readonly lines: string;
  /** Puts an innocent value at a path such as `parties[0].address.lines[2]`; a shorter array is filled with innocent lines. */
  set(path: string, value: unknown): void;
  /** Puts a text at a path, and notes what is hidden in it. */
  hide(path: string, text: Hidden): void;
}

export interface DraftOptions {
  readonly of?: DraftOf | undefined;
  /** Only the names, and nothing else that a person could write. Default false. */
  readonly bare?: boolean;
}

/** A draft with everything of its schema filled. */
export function newDraft(words: Words, { of, bare = false }: DraftOptions = {}): Draft {
  const { random } = words;
  const kind = of ?? (random.oneIn(2) ? "payments" : "remittances");
  const event = kind === "payments" ? payment(words, bare) : remittance(words, bare);
  const parts: HiddenPart[] = [];
  const second = random.oneIn(2);
  const set = (path: string, value: unknown): void => put(event, path, value);
  return {
    of: kind,
    event,
    parts,
    party: kind === "payments" ? `parties[${second ? "1" : "0"}]` : second ? "beneficiary" : "sender",
    agent: kind === "payments" ? `agents[${second ? "1" : "0"}]` : second ? "payoutAgent" : "collectionAgent",
    lines: kind === "payments" ? "remittanceInformation" : "message",
    set,
    hide(path, text) {
      set(path, text.text);
      parts.push({ path, ...text });
    },
  };
}

/** Every step of a path: names and places in arrays. */
function stepsOf(path: string): readonly (string | number)[] {
  return [...path.matchAll(/([A-Za-z]+)|\[(\d+)\]/g)].map(([, name, at]) => name ?? Number(at));
}

function put(root: object, path: string, value: unknown): void {
  const steps = stepsOf(path);
  let at = root as Record<string | number, unknown>;
  for (const [place, step] of steps.entries()) {
    if (Array.isArray(at)) while (at.length < Number(step)) at.push("no. 1");
    if (place === steps.length - 1) at[step] = value;
    else {
      if (at[step] === undefined || at[step] === null)
        throw new RangeError(`a trick writes to ${path}, but ${String(step)} is not there`);
      at = at[step] as Record<string | number, unknown>;
    }
  }
}

const createdAt = 1_790_000_000_000;

function party(words: Words, role: Party["role"], bare: boolean): Party {
  const { fill, random } = words;
  const firm = random.oneIn(3);
  const name = fill(firm ? "f" : "p");
  const type = firm ? "ORGANISATION" : "PERSON";
  const empty = { address: null, birthDate: null, birthPlace: null, nationalities: [], residence: null };
  if (bare) return { role, name, type, ...empty, identifiers: [], account: null, contact: null };
  return {
    role,
    name,
    type,
    address: {
      country: fill("cc"),
      town: fill("t"),
      postCode: fill("z"),
      street: fill("s"),
      lines: [fill("s")],
      region: null,
    },
    birthDate: firm ? null : `${String(1950 + random.below(50))}-03-17`,
    birthPlace: firm ? null : fill("t"),
    nationalities: firm ? [] : [fill("cc")],
    residence: fill("cc"),
    identifiers: [{ kind: firm ? "REGISTRATION" : "PASSPORT", value: `QX${digits(random, 7)}`, issuer: fill("cc") }],
    account: { kind: "OTHER", value: `QX${digits(random, 12)}`, name },
    contact: fill(random.oneIn(2) ? "tel" : "mail"),
  };
}

function agent(words: Words, role: Agent["role"]): Agent {
  const { fill, random } = words;
  return {
    role,
    bic: random.pick(["HVSBGB2L", "NMBSGB21", "BTVLFR2A", "LHPBDEFF"]),
    lei: null,
    name: fill("bank"),
    clearingId: `GBDSC${digits(random, 6)}`,
    address: {
      country: "GB",
      town: fill("t"),
      postCode: fill("z"),
      street: fill("s"),
      lines: [fill("s")],
      region: null,
    },
    account: null,
  };
}

function payment(words: Words, bare: boolean): Payment {
  const { fill } = words;
  const parties = [party(words, "DEBTOR", bare), party(words, "CREDITOR", bare)];
  const frame = { eventId: fill("ref"), rail: "SWIFT", createdAt, decideBy: null, money: moneyOf(words) } as const;
  const nothing = {
    messageType: null,
    instructionId: null,
    endToEndId: null,
    uetr: null,
    purpose: null,
    ...madeAsEvent,
  };
  if (bare) return { ...frame, ...nothing, parties, agents: [], remittanceInformation: [] };
  return {
    ...frame,
    ...madeAsEvent,
    messageType: "pacs.008",
    instructionId: fill("ref"),
    endToEndId: fill("ref"),
    uetr: `eb6305c9-1f7f-49de-aed0-16487c27${digits(words.random, 4)}`,
    parties: [...parties, party(words, "OTHER", bare)],
    agents: [agent(words, "DEBTOR_AGENT"), agent(words, "CREDITOR_AGENT")],
    remittanceInformation: [`Invoice ${fill("ref")}`, `order no. ${fill("n6")} of ${fill("d")}`],
    purpose: "GDDS",
  };
}

function remittance(words: Words, bare: boolean): Remittance {
  const { fill } = words;
  const frame = {
    eventId: fill("ref"),
    channel: "CASH",
    createdAt,
    decideBy: null,
    sendMoney: moneyOf(words),
    payMoney: null,
    fromCountry: "GB",
    toCountry: "IQ",
    sender: party(words, "SENDER", bare),
    beneficiary: party(words, "BENEFICIARY", bare),
  } as const;
  const nothing = { collectionAgent: null, payoutAgent: null, relationship: null, purpose: null, message: [] };
  if (bare) return { ...frame, ...nothing };
  return {
    ...frame,
    collectionAgent: agent(words, "COLLECTION_AGENT"),
    payoutAgent: agent(words, "PAYOUT_AGENT"),
    relationship: "cousin",
    purpose: "family support",
    message: ["Happy birthday", `transfer ${fill("n6")}`],
  };
}

function moneyOf({ fill }: Words): Payment["money"] {
  return { amount: decimalFromString(fill("amt")), currency: "GBP" };
}
