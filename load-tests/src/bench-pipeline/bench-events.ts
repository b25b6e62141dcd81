import type { ScreeningIndex } from "@cordon/matching";
import { compileSearchOptions } from "@cordon/matching";
import { madeAsEvent, type Party, type PartyRole, type Payment } from "@cordon/schemas";

import { type NamePools, organisationName, personName } from "../bench-engine/generated-names.ts";
import { innocentParty, someAgent, someCulture, someMoney } from "../traffic/party.ts";
import { type PlantedName, plantedNames } from "../traffic/planted-names.ts";
import { mixWith, type Random, seededRandom } from "../traffic/random.ts";
import { zipf } from "./zipf.ts";

/** One payment in each block of this many carries a listed name. */
export const plantedEvery = 1000;

/** Read like any deadline, and never passed. */
const year2100 = 4_102_444_800_000;

/** Customers who make and receive the payments; by Zipf's law the first of them makes one in thirteen. */
const customers = 100_000;

/** The payments of a benchmark, each made from its number alone. */
export interface BenchEvents {
  payment(number: number): Payment;
  /** The listed name that the payment carries, or null. */
  plantedIn(number: number): PlantedName | null;
  idOf(number: number): string;
  /** The number in one of these ids, or null. */
  numberOf(id: string): number | null;
}

/**
 * Payments of 1 to 3 parties drawn by Zipf's law, two agents and a line of free text, half of which hold a number that
 * stands in no other. Nobody who would hit by chance is among the customers, so that every hit is a planted one.
 */
export function benchEvents(index: ScreeningIndex, pools: NamePools): BenchEvents {
  const parties = innocents(index, pools);
  const rank = zipf(parties.length);
  const planted = plantedNames(index.designations()).names;
  const plantedIn = (number: number): PlantedName | null => {
    if (planted.length === 0 || number % plantedEvery !== 500) return null;
    return seededRandom(mixWith(31, number)).pick(planted);
  };
  const someone = (role: PartyRole, random: Random): Party => ({ ...parties[rank(random)]!, role });

  return {
    plantedIn,
    idOf: (number) => `bench-${String(number)}`,
    numberOf: (id) => (/^bench-\d{1,9}$/.test(id) ? Number(id.slice("bench-".length)) : null),
    payment(number) {
      const random = seededRandom(mixWith(32, number));
      const listed = plantedIn(number);
      const creditor = someone("CREDITOR", random);
      const createdAt = 1_790_000_000_000 + number;
      return {
        eventId: `bench-${String(number)}`,
        rail: random.pick(["FPS", "SEPA_CREDIT", "CHAPS", "SEPA_INSTANT", "SWIFT"]),
        messageType: "pacs.008",
        instructionId: `I${String(number)}`,
        endToEndId: random.oneIn(2) ? `E2E-${String(number)}` : null,
        uetr: null,
        createdAt,
        decideBy: year2100,
        money: someMoney("EUR", random),
        parties: [
          someone("DEBTOR", random),
          listed === null ? creditor : { ...creditor, name: listed.text, type: listed.type },
          ...(random.oneIn(5) ? [someone("ULTIMATE_CREDITOR", random)] : []),
        ],
        agents: [
          someAgent("DEBTOR_AGENT", someCulture(random), random),
          someAgent("CREDITOR_AGENT", someCulture(random), random),
        ],
        remittanceInformation: [line(number, random)],
        purpose: random.oneIn(3) ? "GDDS" : null,
        ...madeAsEvent,
      };
    },
  };
}

function line(number: number, random: Random): string {
  return random.pick([
    `Invoice ${String(number)}`,
    "Rent and heating",
    "Thank you for the cake",
    `Order ${String(number)}`,
  ]);
}

const search = compileSearchOptions({ threshold: 85 });

/** Also by the identifiers that its name may seem to hold: whoever is not certainly innocent is left out. */
function hits(index: ScreeningIndex, name: string): boolean {
  const result = index.search(name, search);
  return result.kind !== "matches" || result.matches.length > 0;
}

function innocents(index: ScreeningIndex, pools: NamePools): readonly Party[] {
  const parties: Party[] = [];
  for (let at = 0; parties.length < customers; at++) {
    const random = seededRandom(mixWith(33, at));
    const party = innocentParty("OTHER", someCulture(random), { random, firms: true });
    const name = party.type === "PERSON" ? personName(pools, random) : organisationName(pools, random);
    if (!hits(index, name)) parties.push({ ...party, name: Buffer.from(name, "utf8").toString("utf8") });
  }
  return parties;
}
