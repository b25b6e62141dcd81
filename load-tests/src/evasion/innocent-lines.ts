import { mixWith, type Random, seededRandom } from "@cordon/simulator";

import { newDraft } from "./draft.ts";
import type { Screener } from "./screener.ts";
import { digits, type Pools, type Words, wordsOf } from "./words.ts";

/** False hits among innocent lines with numbers, by what hit. */
export interface LineResult {
  readonly lines: number;
  readonly byIdentifier: number;
  readonly byName: number;
  readonly holds: number;
  /** Some of the lines that hit. */
  readonly examples: readonly string[];
}

const MOST_EXAMPLES = 40;

/** Lines as invoices, shops and rails write them: none holds a number of anybody who is listed, but by chance. */
export function measureLines(
  count: number,
  {
    screener,
    pools,
    seed,
    progress,
  }: {
    readonly screener: Screener;
    readonly pools: Pools;
    readonly seed: number;
    readonly progress: (done: number, all: number) => void;
  },
): LineResult {
  let byIdentifier = 0;
  let byName = 0;
  let holds = 0;
  const examples: string[] = [];
  const draft = newDraft(wordsOf(pools, seededRandom(seed)), { of: "payments", bare: true });
  for (let number = 0; number < count; number++) {
    const line = innocentLine(wordsOf(pools, seededRandom(mixWith(seed, number))));
    draft.set("remittanceInformation", [line]);
    const outcome = screener.once(draft);
    if (outcome?.kind === "hold") holds++;
    if (outcome?.kind === "hit") {
      if (outcome.matches.some(({ identifier }) => identifier !== null)) byIdentifier++;
      else byName++;
    }
    if (outcome !== null && outcome.kind !== "clear" && examples.length < MOST_EXAMPLES) examples.push(line);
    if (number % 1000 === 0) progress(number, count);
  }
  return { lines: count, byIdentifier, byName, holds, examples };
}

type Line = (random: Random, fill: Words["fill"]) => string;

const kinds: readonly Line[] = [
  (_, fill) => `Invoice ${fill("ref")} of ${fill("d")}`,
  (_, fill) => `${fill("ref")} / ${fill("amt")} EUR / ${fill("n6")}`,
  (random) => `order ${digits(random, 7 + random.below(8))}`,
  (random) => `order no. ${digits(random, 3)}-${digits(random, 7)}-${digits(random, 7)}`,
  (random) => `customer ${digits(random, 9)} contract ${digits(random, 10)}`,
  (random) => `RF${digits(random, 2)} ${digits(random, 4)} ${digits(random, 4)} ${digits(random, 4)}`,
  (random) => `parcel ${digits(random, 12)} shipped`,
  (random) => `tracking RR${digits(random, 9)}GB`,
  (random) => `ISBN 978-${digits(random, 1)}-${digits(random, 4)}-${digits(random, 4)}-${digits(random, 1)}`,
  (_, fill) => `call ${fill("tel")} about ${fill("ref")}`,
  (random) => `tel 0${digits(random, 3)} ${digits(random, 7)}`,
  (random, fill) =>
    `${fill("d")} ${digits(random, 2)}:${digits(random, 2)} card ${digits(random, 4)} **** ${digits(random, 4)}`,
  (random) =>
    `GB${digits(random, 2)} NWBK ${digits(random, 4)} ${digits(random, 4)} ${digits(random, 4)} ${digits(random, 2)}`,
  (random) => `DE${digits(random, 20)}`,
  (random) => `meter ${digits(random, 8)} reading ${digits(random, 5)}`,
  (random) => `policy ${letter(random)}${letter(random)}${digits(random, 7)}`,
  (random) => `booking ${letter(random)}${digits(random, 1)}${letter(random)}${letter(random)}${digits(random, 2)}`,
  (random) => `VAT GB${digits(random, 9)}`,
  (random) => `tax no. ${digits(random, 2)}/${digits(random, 3)}/${digits(random, 5)}`,
  (random) => `Steuernummer ${digits(random, 11)} Bescheid ${digits(random, 4)}`,
  (random) => `passport ${letter(random)}${digits(random, 8)}`,
  (random) => `commit ${hexadecimal(random, 40)}`,
  (random) => `tx ${hexadecimal(random, 64)}`,
  (random) => `usdt 0x${hexadecimal(random, 40)}`,
  (random) =>
    `uetr ${hexadecimal(random, 8)}-${hexadecimal(random, 4)}-4${hexadecimal(random, 3)}-a${hexadecimal(random, 3)}-${hexadecimal(random, 12)}`,
  (random) => `${digits(random, 6)} ${digits(random, 6)} ${digits(random, 6)}`,
  (random) =>
    `REG ${letter(random)}${letter(random)}${digits(random, 2)} ${letter(random)}${letter(random)}${letter(random)}`,
  (random, fill) => `salary ${fill("d").slice(3)} staff no. ${digits(random, 6)}`,
  (random) => `INN ${digits(random, 10)} KPP ${digits(random, 9)}`,
  (random) => `EAN ${digits(random, 13)} qty ${digits(random, 2)}`,
  (random, fill) =>
    `Flight ${letter(random)}${letter(random)}${digits(random, 3)} ${fill("d")} e-ticket ${digits(random, 13)}`,
];

/** One innocent line. */
function innocentLine({ random, fill }: Words): string {
  return random.pick(kinds)(random, fill);
}

function letter(random: Random): string {
  return String.fromCharCode(65 + random.below(26));
}

function hexadecimal(random: Random, count: number): string {
  return Array.from({ length: count }, () => random.below(16).toString(16)).join("");
}

/** Seven digits whose last one checks the others, as ships have them. */
export function shipNumber(random: Random): string {
  const six = digits(random, 6);
  const sum = Array.from(six).reduce((total, digit, at) => total + Number(digit) * (7 - at), 0);
  return `${six}${String(sum % 10)}`;
}
