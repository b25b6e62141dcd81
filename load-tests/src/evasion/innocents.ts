import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { FieldMatch } from "@cordon/decisions";
import { mixWith, type Random, seededRandom } from "@cordon/simulator";

import { type NamePools, namePools } from "../bench-engine/generated-names.ts";
import { type Draft, newDraft } from "./draft.ts";
import { shipNumber } from "./innocent-lines.ts";
import { notEncoded } from "./kinds/encoding.ts";
import type { IdentifierWants, Plant } from "./plants.ts";
import type { Screener } from "./screener.ts";
import type { Trick } from "./trick.ts";
import { digits, type Pools, type Words, wordsOf } from "./words.ts";

/** What came back for innocents. Each is HIT or HOLD for nothing. */
export interface InnocentResult {
  readonly what: string;
  /** The round it is compared with; null for those that others are compared with. */
  readonly against: string | null;
  /** Whether a HOLD is a false alarm: what is encoded and cannot be read is held whoever it is. */
  readonly holdsCount: boolean;
  readonly events: number;
  readonly hits: number;
  readonly holds: number;
  /** Hits by what made them. */
  readonly causes: Readonly<Record<Cause, number>>;
  /** Some of the false alarms, for the terminal: where, and what the match read there. */
  readonly examples: readonly string[];
}

/**
 * What made a hit: the customer alerts by his name alone, too; an invented number is by chance that of a ship; or a customer whose name is in
 * such a script.
 */
export const causes = [
  "the name alone",
  "a number",
  "Han, Hangul",
  "Arabic, Hebrew",
  "Latin",
  "other scripts",
] as const;
export type Cause = (typeof causes)[number];

const scripts: readonly (readonly [Cause, RegExp])[] = [
  ["Han, Hangul", /[\p{Script=Han}\p{Script=Hangul}]/u],
  ["Arabic, Hebrew", /[\p{Script=Arabic}\p{Script=Hebrew}]/u],
  ["Latin", /\p{Script=Latin}/u],
];

function causeOf(customer: string, { identifier }: FieldMatch, alertsAlone: boolean): Cause {
  if (alertsAlone) return "the name alone";
  if (identifier !== null) return "a number";
  return scripts.find(([, script]) => script.test(customer))?.[0] ?? "other scripts";
}

const MOST_EXAMPLES = 60;

/** The first names of clean-customers.csv; none where it is absent. */
export function customers(shared: string, count: number): readonly string[] {
  const path = join(shared, "pairs/clean-customers.csv");
  if (!existsSync(path)) return [];
  const rows = readFileSync(path, "utf8")
    .split(/\r?\n/)
    .slice(1, count + 1);
  return rows.map((row) => row.split(",")[0]!).filter((name) => name !== "");
}

export interface InnocentOptions {
  readonly screener: Screener;
  readonly pools: Pools;
  readonly seed: number;
  readonly shared: string;
  readonly tricks: readonly Trick[];
  readonly progress: (done: number, all: number) => void;
}

/** What is asked of each customer, first his name alone, with which everything else is compared. */
export function measureInnocents(names: readonly string[], options: InnocentOptions): readonly InnocentResult[] {
  const people = namePools(join(options.shared, "names/popular_names"));
  const rounds: readonly Round[] = [
    { what: ALONE, against: null, holdsCount: true, draftOf: alone },
    { what: "the names in complete events", against: ALONE, holdsCount: true, draftOf: completeWith(people) },
    { what: NOT_ENCODED, against: null, holdsCount: true, draftOf: trickedWith([notEncoded]) },
    ...(["field", "unread", "identifier", "encoding"] as const).map((of) => ({
      what: roundNames[of],
      against: of === "encoding" ? NOT_ENCODED : ALONE,
      holdsCount: of !== "encoding",
      draftOf: trickedWith(options.tricks.filter((trick) => trick.class === of)),
    })),
  ];
  const alerting = new Set<number>();
  return rounds.map((round, at) => {
    let hits = 0;
    const byCause = Object.fromEntries(causes.map((cause) => [cause, 0])) as Record<Cause, number>;
    let holds = 0;
    const examples: string[] = [];
    for (const [number, name] of names.entries()) {
      const words = wordsOf(options.pools, seededRandom(mixWith(options.seed, number)));
      const draft = round.draftOf(name, words, number);
      const outcome = options.screener.once(draft);
      if (outcome?.kind === "hold") {
        holds++;
        if (round.holdsCount && examples.length < MOST_EXAMPLES)
          examples.push(
            `${name}: held, ${outcome.reason}: ${draft.parts.map(({ text }) => JSON.stringify(text)).join(", ")}`,
          );
      }
      if (outcome?.kind === "hit") {
        hits++;
        if (round.what === ALONE) alerting.add(number);
        byCause[causeOf(name, outcome.matches[0], alerting.has(number))]++;
        if (examples.length < MOST_EXAMPLES) examples.push(exampleOf(name, outcome.matches[0]));
      }
      if (number % 500 === 0) options.progress(at * names.length + number, rounds.length * names.length);
    }
    const { draftOf: _, ...told } = round;
    return { ...told, events: names.length, hits, holds, causes: byCause, examples };
  });
}

function exampleOf(customer: string, { field, start, end, name, designation }: FieldMatch): string {
  const read = `${field.path} = ${JSON.stringify(field.text)}, of it ${JSON.stringify(field.text.slice(start, end))}`;
  return `${customer}: ${read}, as "${name.text}" of ${designation.id}`;
}

interface Round extends Pick<InnocentResult, "what" | "against" | "holdsCount"> {
  readonly draftOf: (name: string, words: Words, number: number) => Draft;
}

const ALONE = "the names alone";
const NOT_ENCODED = "the names where encoded ones stand, as they are";

const roundNames = {
  field: "the names inside larger fields",
  unread: "the names in fields that were not read",
  identifier: "invented identifiers beside the names",
  encoding: "the names encoded",
} as const;

function alone(name: string, words: Words): Draft {
  const draft = newDraft(words, { bare: true });
  draft.set(`${draft.party}.type`, "PERSON");
  draft.set(`${draft.party}.name`, name);
  return draft;
}

/** With everything that a payment has: addresses on streets that are called after people, phones, references. */
function completeWith(people: NamePools): Round["draftOf"] {
  return (name, words) => {
    const draft = newDraft(words);
    const { party } = draft;
    draft.set(`${party}.type`, "PERSON");
    draft.set(`${party}.name`, name);
    draft.set(`${party}.account.name`, name);
    draft.set(`${party}.address.street`, street(words, people));
    draft.set(`${party}.address.lines`, [street(words, people), `${words.fill("t")} ${words.fill("z")}`]);
    draft.set(`${draft.lines}[1]`, `order ${words.fill("n10")} of ${words.fill("d")}, ${words.fill("amt")} EUR`);
    return draft;
  };
}

/** Half of them after people with common names: such streets are everywhere. */
function street({ random, fill }: Words, { forenames, surnames }: NamePools): string {
  const number = String(1 + random.below(200));
  const surname = random.pick(surnames);
  const whole = `${random.pick(forenames)} ${surname}`;
  const person = random.oneIn(2) ? whole : surname;
  switch (random.below(8)) {
    case 0:
      return `${number} ${person} Street`;
    case 1:
      return `${person} Caddesi ${number}`;
    case 2:
      return `Calle ${person} ${number}`;
    case 3:
      return `Ulitsa ${surname}, ${number}`;
    default:
      return fill("s");
  }
}

function trickedWith(tricks: readonly Trick[]): Round["draftOf"] {
  return (name, words, number) => {
    for (let at = 0; at < tricks.length; at++) {
      const trick = tricks[(number + at) % tricks.length]!;
      const draft = newDraft(words, { of: trick.of });
      const plant = innocentPlant(trick, name, words.random);
      if (trick.wants.what === "identifier") {
        draft.set(`${draft.party}.type`, "PERSON");
        draft.set(`${draft.party}.name`, name);
      }
      if (plant !== null && trick.play({ draft, plant, words })) return draft;
    }
    return alone(name, words);
  };
}

function innocentPlant({ wants }: Trick, name: string, random: Random): Plant | null {
  if (wants.what === "identifier") return innocentIdentifier(wants, random);
  if (wants.matching !== undefined && !wants.matching.test(name)) return null;
  const text = wants.variant === undefined ? name : wants.variant(name, random);
  return text === null ? null : { designation: null, type: "PERSON", text, kind: null, currency: null };
}

const letters = "ABCDEFGHJKLMNPRSTUVWXYZ";
const base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

function drawn(random: Random, from: string, count: number): string {
  return Array.from({ length: count }, () => from[random.below(from.length)]!).join("");
}

/** In the form of its kind, and nobody's; null where the trick asks for a form that is not made here. */
function innocentIdentifier({ kinds, matching, currencies }: IdentifierWants, random: Random): Plant | null {
  const kind = random.pick(kinds);
  const ether = currencies?.includes("ETH") ?? random.oneIn(2);
  const makers: Partial<Record<typeof kind, () => string>> = {
    PASSPORT: () => drawn(random, letters, random.below(3)) + digits(random, 7 + random.below(3)),
    NATIONAL_ID: () => digits(random, 8 + random.below(4)),
    TAX_ID: () => digits(random, 9 + random.below(4)),
    REGISTRATION: () => drawn(random, letters, random.below(3)) + digits(random, 8 + random.below(6)),
    IMO: () => shipNumber(random),
    MMSI: () => digits(random, 9),
    BIC: () => `${drawn(random, letters, 4)}GB2L`,
    LEI: () => drawn(random, "0123456789ABCDEFGHJK", 20),
    PHONE: () => `+44 20 7946 ${digits(random, 4)}`,
    EMAIL: () => `${drawn(random, letters, 8).toLowerCase()}@larkspur.example`,
    WALLET: () => (ether ? `0x${drawn(random, "0123456789abcdef", 40)}` : `1${drawn(random, base58, 33)}`),
  };
  for (let draws = 0; draws < 20; draws++) {
    const text = makers[kind]?.() ?? "";
    if (text !== "" && (matching?.test(text) ?? true))
      return { designation: null, type: "PERSON", text, kind, currency: null };
  }
  return null;
}
