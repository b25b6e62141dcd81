import { madeAsEvent, type Party, type Payment, type Remittance } from "@cordon/schemas";

import { type Disguise, disguise } from "./disguise.ts";
import { currencyOf, innocentParty, someAgent, someCulture, someMoney } from "./party.ts";
import type { PlantedName, PlantedNames } from "./planted-names.ts";
import { mixWith, type Random, seededRandom } from "./random.ts";

/** The outcome that an event must lead to, known when it is made. */
export type Expectation =
  | { readonly outcome: "CLEAR" }
  | { readonly outcome: "HOLD"; readonly holdReason: "FIELD_MISSING" }
  | {
      readonly outcome: "HIT";
      /** The name as it stands in the event. */
      readonly text: string;
      readonly how: Disguise;
      /** One of these must be among the alert's matches. */
      readonly designationIds: readonly string[];
      /** The field that carries it. */
      readonly path: string;
    };

interface Common {
  readonly eventId: string;
  readonly expected: Expectation;
}

export type TrafficEvent =
  | (Common & { readonly topic: "payments.v1"; readonly value: Payment })
  | (Common & { readonly topic: "remittances.v1"; readonly value: Remittance });

export interface TrafficOptions {
  readonly seed: number;
  /** Event ids are `<idPrefix>-<number>`; unique to a run, so that its answers are told from another run's. */
  readonly idPrefix: string;
  readonly planted: PlantedNames;
  /** One event in each block of this many carries a listed name. */
  readonly plantedEvery: number;
  /** One event in each block of this many has a name left empty. */
  readonly heldEvery: number;
  /** How long after its making a payment must be decided. Default a month. */
  readonly deadlineMs?: number;
}

/** A stream of payments and remittances without an end, whose every event can be made by its number alone. */
export interface Traffic {
  /** The event of that number, from 0. The same options, number and time give the same event. */
  eventAt(number: number, createdAt: number): TrafficEvent;
  /** The number in one of our event ids, or null for somebody else's. */
  numberOf(eventId: string): number | null;
}

/** No fault lasts so long: what waited for one to pass is decided as if it had not. */
const farDeadlineMs = 30 * 86_400_000;

const plantSalt = 0x51;
const heldSalt = 0x4d;

/** One number in each block is chosen, at a place that the seed decides. */
function chosen(number: number, every: number, seed: number): boolean {
  const block = Math.floor(number / every);
  return number % every === mixWith(seed, block) % every;
}

interface Base {
  readonly eventId: string;
  readonly createdAt: number;
  readonly random: Random;
  readonly deadlineMs: number;
}

function payment(number: number, base: Base): Payment {
  const { random, eventId, createdAt } = base;
  const from = someCulture(random);
  const to = random.oneIn(2) ? from : someCulture(random);
  const options = { random, firms: true };
  const third = random.oneIn(5) ? [innocentParty("ULTIMATE_CREDITOR", to, options)] : [];
  return {
    eventId,
    rail: from === to ? random.pick(["FPS", "SEPA_CREDIT", "CHAPS", "SEPA_INSTANT"]) : "SWIFT",
    messageType: "pacs.008",
    instructionId: `I${String(number)}`,
    endToEndId: random.oneIn(2) ? `E2E-${String(number)}` : null,
    uetr: null,
    createdAt,
    decideBy: createdAt + base.deadlineMs,
    money: someMoney(currencyOf(from), random),
    parties: [innocentParty("DEBTOR", from, options), innocentParty("CREDITOR", to, options), ...third],
    agents: [someAgent("DEBTOR_AGENT", from, random), someAgent("CREDITOR_AGENT", to, random)],
    remittanceInformation: [
      random.pick([
        `Invoice ${String(number)}`,
        "Rent and heating",
        "Thank you for the cake",
        `Order ${String(number)}`,
      ]),
    ],
    purpose: random.oneIn(3) ? "GDDS" : null,
    ...madeAsEvent,
  };
}

function remittance(base: Base): Remittance {
  const { random, eventId, createdAt } = base;
  const from = someCulture(random);
  const to = someCulture(random);
  const options = { random, firms: false };
  return {
    eventId,
    channel: random.pick(["CASH", "BANK_DEPOSIT", "MOBILE_WALLET", "CARD"]),
    createdAt,
    decideBy: null,
    sendMoney: someMoney(currencyOf(from), random),
    payMoney: random.oneIn(2) ? someMoney(currencyOf(to), random) : null,
    fromCountry: from.country,
    toCountry: to.country,
    sender: innocentParty("SENDER", from, options),
    beneficiary: innocentParty("BENEFICIARY", to, options),
    collectionAgent: null,
    payoutAgent: random.oneIn(2) ? someAgent("PAYOUT_AGENT", to, random) : null,
    relationship: random.pick(["sister", "father", "friend", null]),
    purpose: random.pick(["family support", "school fees", "savings", null]),
    message: [],
  };
}

type Plan =
  | { readonly kind: "innocent" }
  | { readonly kind: "held" }
  | {
      readonly kind: "planted";
      readonly name: PlantedName;
      readonly type: Party["type"];
      readonly text: string;
      readonly how: Disguise;
    };

/** The party as the plan wants it. */
function changed(party: Party, plan: Plan): Party {
  switch (plan.kind) {
    case "innocent":
      return party;
    case "held":
      return { ...party, name: "" };
    case "planted":
      return { ...party, name: plan.text, type: plan.type };
  }
}

function expectationOf(plan: Plan, path: string): Expectation {
  switch (plan.kind) {
    case "innocent":
      return { outcome: "CLEAR" };
    case "held":
      return { outcome: "HOLD", holdReason: "FIELD_MISSING" };
    case "planted":
      return { outcome: "HIT", text: plan.text, how: plan.how, designationIds: plan.name.designationIds, path };
  }
}

function paymentEvent(number: number, base: Base, plan: Plan): TrafficEvent {
  const value = payment(number, base);
  const place = base.random.below(value.parties.length);
  return {
    topic: "payments.v1",
    eventId: base.eventId,
    value: { ...value, parties: value.parties.map((party, at) => (at === place ? changed(party, plan) : party)) },
    expected: expectationOf(plan, `parties[${String(place)}].name`),
  };
}

function remittanceEvent(base: Base, plan: Plan): TrafficEvent {
  const value = remittance(base);
  const field = base.random.pick(["sender", "beneficiary"] as const);
  return {
    topic: "remittances.v1",
    eventId: base.eventId,
    value: { ...value, [field]: changed(value[field], plan) },
    expected: expectationOf(plan, `${field}.name`),
  };
}

/** Consonants, vowels and an n, ng or r at most, again and again: as names in pinyin are written. */
const syllables = /^(?:(?:[zcs]h|[b-df-hj-np-tv-z])?[aeiou]+(?:ng|[nr](?![aeiou]))?)+$/i;

export function createTraffic(options: TrafficOptions): Traffic {
  const { seed, idPrefix, planted, plantedEvery, heldEvery, deadlineMs = farDeadlineMs } = options;
  const head = `${idPrefix}-`;

  function planOf(number: number): Plan {
    if (planted.names.length > 0 && chosen(number, plantedEvery, seed ^ plantSalt)) {
      const random = seededRandom(mixWith(seed ^ plantSalt, number));
      const name = random.pick(planted.names);
      const type = random.oneIn(2) ? name.type : "UNKNOWN";
      // A letter less makes another name of a name of syllables (Xiaoyan, Xiayan); and only persons have family names.
      const isPerson = name.type === "PERSON";
      const typoFits = (word: string): boolean => isPerson && !planted.usual(word) && !syllables.test(word);
      return { kind: "planted", name, type, ...disguise(name.text, random, { typoFits, isPerson }) };
    }
    return { kind: chosen(number, heldEvery, seed ^ heldSalt) ? "held" : "innocent" };
  }

  return {
    eventAt(number, createdAt) {
      const random = seededRandom(mixWith(seed, number));
      const base = { eventId: `${head}${String(number)}`, createdAt, random, deadlineMs };
      const plan = planOf(number);
      // Seven of ten are bank payments.
      return random.below(10) < 7 ? paymentEvent(number, base, plan) : remittanceEvent(base, plan);
    },
    numberOf(eventId) {
      if (!eventId.startsWith(head)) return null;
      const digits = eventId.slice(head.length);
      return /^\d{1,9}$/.test(digits) ? Number(digits) : null;
    },
  };
}
