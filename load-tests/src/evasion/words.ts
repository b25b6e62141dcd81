import type { Random } from "@cordon/simulator";

/*
 * Innocent words of events. All are invented or name places; before anything is measured each is screened, and what
 * alerts by itself is left out (`settled`).
 */

export interface Pools {
  readonly persons: readonly string[];
  readonly firms: readonly string[];
  readonly streets: readonly string[];
  readonly towns: readonly string[];
  readonly banks: readonly string[];
}

export const pools: Pools = {
  persons:
    `Freya Ashworth|Lukas Lindqvist|Siobhan Beckett|Amelia Whitcombe|Oliver Penhaligon|Harriet Lockwood|Tobias Feldmann|Ingrid Solberg|Marcus Thornbury|Eleanor Fairweather|Callum Drummond|Beatrice Holloway|Rupert Ainsley|Annika Bergstrom|Declan Rafferty|Philippa Cartwright|Gareth Llewellyn|Mathilde Rousselet|Pieter Vandermeer|Katarzyna Wolniak|Jonas Eriksen|Imogen Tattersall|Hamish McAllister|Clara Winterbourne|Felix Obermayer|Rosalind Peake|Niamh Gallagher|Edgar Whitlock|Sophie Delacroix|Wilhelm Kirschner`.split(
      "|",
    ),
  firms:
    `Blue Heron Books BV|Larkspur Garden Centre Ltd|Copperfield Bakery GmbH|Willowbrook Dental Practice|Penrose Stationery Ltd|Thistledown Textiles LLP|Maple & Finch Interiors|Saffron Lane Catering Ltd|Windermere Boat Hire|Oakhampton Plumbing Supplies Ltd|Buttercup Nursery School|Juniper Street Coffee Roasters|Hazelmere Veterinary Clinic|Tamarind Spice House Ltd|Foxglove Floristry`.split(
      "|",
    ),
  streets:
    `14 Kirova Street|23 Ilyinka Street|7 Orchard Lane|118 Rue des Lilas|9 Harbour View|42 Maple Avenue|Am Lindenbaum 12|Calle Mayor 31|Via Roma 8|5 Station Road|221 Elm Street|Unit 6 Riverside Park|Keizersgracht 104|Building 4 Sheikh Zayed Road|88 Queensway|Ulitsa Lenina 19|60 Old Mill Lane|Storgatan 15|Boulevard de la Gare 77|31 Abbey Close`.split(
      "|",
    ),
  towns:
    "Moscow|Dubai|Tehran|Leeds|Utrecht|Lyon|Minsk|Istanbul|Beirut|Karachi|Hamburg|Madrid|Bergen|Tbilisi|Almaty|Nicosia|Limassol|Singapore|Antwerp|Bristol".split(
      "|",
    ),
  banks:
    "Harbour & Vale Savings Bank|Northmoor Building Society|Banque des Trois Vallées|Lindenhof Privatbank AG".split(
      "|",
    ),
};

const countries = "Russian Federation|United Arab Emirates|Iran|United Kingdom|Netherlands|France|Belarus|Turkey".split(
  "|",
);

/** A source of innocent words for templates and for the rest of an event. */
export interface Words {
  readonly random: Random;
  /** What a brace of a template stands for. Throws RangeError for a word it does not know. */
  readonly fill: (word: string) => string;
}

export function digits(random: Random, count: number): string {
  return Array.from({ length: count }, (_, at) => String(at === 0 ? 1 + random.below(9) : random.below(10))).join("");
}

export function wordsOf(from: Pools, random: Random): Words {
  const two = (below: number): string => String(1 + random.below(below)).padStart(2, "0");
  const makers: Readonly<Record<string, () => string>> = {
    p: () => random.pick(from.persons),
    f: () => random.pick(from.firms),
    s: () => random.pick(from.streets),
    t: () => random.pick(from.towns),
    c: () => random.pick(countries),
    bank: () => random.pick(from.banks),
    z: () => random.pick(["103132", "LS1 4AP", "3511 KC", "69003", "SW9 8HQ", "20095"]),
    cc: () => random.pick(["RU", "AE", "IR", "GB", "NL", "FR", "BY", "TR"]),
    tel: () => `+44 20 7946 0${digits(random, 3)}`,
    mail: () => `${random.pick(["orders", "office", "hello", "accounts"])}@larkspur${digits(random, 2)}.example`,
    ref: () => `${random.pick(["INV", "PO", "ORD", "REF"])}-${String(2020 + random.below(7))}-${digits(random, 5)}`,
    // The number of a Russian tax office, which many firms share.
    kpp: () => `${digits(random, 4)}01001`,
    n3: () => digits(random, 3),
    n6: () => digits(random, 6),
    n10: () => digits(random, 10),
    d: () => `${two(28)}/${two(12)}/${String(1950 + random.below(60))}`,
    amt: () => `${digits(random, 3)}.${digits(random, 2)}`,
  };
  return {
    random,
    fill(word) {
      const make = makers[word];
      if (make === undefined) throw new RangeError(`a template has an unknown word {${word}}`);
      return make();
    },
  };
}
