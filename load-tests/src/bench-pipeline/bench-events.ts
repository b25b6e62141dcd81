import type { ScreeningIndex } from "@cordon/matching";
import { type Agent, type AgentRole, madeAsEvent, type Party, type PartyRole, type Payment } from "@cordon/schemas";
import {
  mixWith,
  type PlantedName,
  plantedNames,
  type Random,
  seededRandom,
  someAgent,
  someCulture,
  someMoney,
} from "@cordon/simulator";

import type { NamePools } from "../bench-engine/generated-names.ts";
import { customersOf } from "./customers.ts";
import { type EventSize, type PopulationName, populations } from "./populations.ts";

/** One payment in each block of this many carries a listed name. */
export const plantedEvery = 1000;

/** Read like any deadline, and never passed. */
const year2100 = 4_102_444_800_000;

/** The payments of a benchmark, each made from its number alone. */
export interface BenchEvents {
  payment(number: number): Payment;
  /** The listed name that the payment carries, or null. */
  plantedIn(number: number): PlantedName | null;
  /** Who pays: a text that is the same in all payments of that customer. */
  payerOf(number: number): string;
  idOf(number: number): string;
  /** The number in one of these ids, or null. */
  numberOf(id: string): number | null;
}

export interface BenchEventsOptions {
  readonly population?: PopulationName;
  readonly size?: EventSize;
}

/**
 * Payments of customers drawn by Zipf's law, with agents and lines of free text, half of which hold a number that stands in no
 * other. Nobody who would hit by chance is among the customers, so that every hit is a planted one.
 */
export function benchEvents(
  index: ScreeningIndex,
  pools: NamePools,
  { population = "learning", size = "short" }: BenchEventsOptions = {},
): BenchEvents {
  const customers = customersOf(index, pools, populations[population].customers);
  const planted = plantedNames(index.designations()).names;
  const plantedIn = (number: number): PlantedName | null => {
    if (planted.length === 0 || number % plantedEvery !== 500) return null;
    return seededRandom(mixWith(31, number)).pick(planted);
  };
  const payerIn = (random: Random): number => customers.draw(random);

  return {
    plantedIn,
    payerOf: (number) => `customer-${String(payerIn(seededRandom(mixWith(32, number))))}`,
    idOf: (number) => `bench-${String(number)}`,
    numberOf: (id) => (/^bench-\d{1,9}$/.test(id) ? Number(id.slice("bench-".length)) : null),
    payment(number) {
      const random = seededRandom(mixWith(32, number));
      const payer = payerIn(random);
      const someone = (role: PartyRole): Party => customers.at(customers.draw(random), role);
      const listed = plantedIn(number);
      const creditor = someone("CREDITOR");
      const draft: Draft = {
        number,
        random,
        debtor: customers.at(payer, "DEBTOR"),
        creditor: listed === null ? creditor : { ...creditor, name: listed.text, type: listed.type },
        someone,
      };
      return size === "short" ? shortPayment(draft) : longPayment(draft);
    },
  };
}

interface Draft {
  readonly number: number;
  readonly random: Random;
  readonly debtor: Party;
  readonly creditor: Party;
  readonly someone: (role: PartyRole) => Party;
}

/** What both sizes have. */
function paymentOf({ number, random }: Draft) {
  return {
    eventId: `bench-${String(number)}`,
    rail: random.pick(["FPS", "SEPA_CREDIT", "CHAPS", "SEPA_INSTANT", "SWIFT"] as const),
    messageType: "pacs.008",
    instructionId: `I${String(number)}`,
    endToEndId: random.oneIn(2) ? `E2E-${String(number)}` : null,
    uetr: null,
    createdAt: 1_790_000_000_000 + number,
    decideBy: year2100,
    money: someMoney("EUR", random),
    purpose: random.oneIn(3) ? "GDDS" : null,
  };
}

function shortPayment(draft: Draft): Payment {
  const { random, debtor, creditor, someone, number } = draft;
  return {
    ...paymentOf(draft),
    parties: [debtor, creditor, ...(random.oneIn(5) ? [someone("ULTIMATE_CREDITOR")] : [])],
    agents: [
      someAgent("DEBTOR_AGENT", someCulture(random), random),
      someAgent("CREDITOR_AGENT", someCulture(random), random),
    ],
    remittanceInformation: [line(number, random)],
    ...madeAsEvent,
  };
}

/** Three parties and three agents, all with addresses, four lines, and where in its message each text stood. */
function longPayment(draft: Draft): Payment {
  const { random, number } = draft;
  const parties = [draft.debtor, draft.creditor, draft.someone("ULTIMATE_DEBTOR")].map(withStreet);
  const agents = (["DEBTOR_AGENT", "INTERMEDIARY", "CREDITOR_AGENT"] as const).map((role) => bank(role, random));
  const remittanceInformation = [
    line(number, random),
    "Delivery of garden furniture to the address given",
    `Customer reference ${String(number)}`,
    "Goods received in good order, paid in full",
  ];
  const texts = [
    ...parties.flatMap(({ name }, at) => [
      { path: `parties[${String(at)}].name`, element: "Nm", text: name },
      { path: `parties[${String(at)}].address.street`, element: "PstlAdr/StrtNm", text: streetOf(name) },
    ]),
    ...remittanceInformation.map((text, at) => ({
      path: `remittanceInformation[${String(at)}]`,
      element: "RmtInf/Ustrd",
      text,
    })),
  ];
  return {
    ...paymentOf(draft),
    parties,
    agents,
    remittanceInformation,
    ...madeAsEvent,
    origins: texts.map(({ path, element, text }, at) => ({
      path,
      sourcePath: `Document/FIToFICstmrCdtTrf/CdtTrfTxInf/${element}`,
      start: 1_000 + 120 * at,
      end: 1_000 + 120 * at + Buffer.byteLength(text),
      pieces: [],
    })),
  };
}

const streets = ["Long Lane", "Am Markt", "Rue des Tilleuls", "Calle Mayor", "Harbour Row", "Kirchweg"];

/** The same for each payment of a customer. */
function streetOf(name: string): string {
  return `${String(1 + (name.length % 89))} ${streets[name.charCodeAt(0) % streets.length] ?? ""}`;
}

function withStreet(party: Party): Party {
  const { address } = party;
  return address === null ? party : { ...party, address: { ...address, street: streetOf(party.name) } };
}

function bank(role: AgentRole, random: Random): Agent {
  const culture = someCulture(random);
  const town = culture.towns[0] ?? null;
  const address = { country: culture.country, town, postCode: null, street: "Bank Street", lines: [], region: null };
  return { ...someAgent(role, culture, random), address };
}

function line(number: number, random: Random): string {
  return random.pick([
    `Invoice ${String(number)}`,
    "Rent and heating",
    "Thank you for the cake",
    `Order ${String(number)}`,
  ]);
}
