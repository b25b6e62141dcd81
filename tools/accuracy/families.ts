import {
  compileSearchOptions,
  compileSnapshot,
  type Designation,
  type DesignationType,
  openSnapshot,
} from "@cordon/matching";
import { type Random, seededRandom } from "@cordon/simulator";

/** The default. */
const THRESHOLD = 85;

/** One way in which a listed name is written otherwise; `null` where this name cannot be. */
interface Family {
  readonly name: string;
  readonly write: (name: string, random: Random, type: DesignationType) => string | null;
}

/** Of the names drawn, how many were found: the search for them told the designation that they were drawn from. */
export interface FamilyFigures {
  readonly family: string;
  readonly persons: Recall;
  readonly organisations: Recall;
}

export interface Recall {
  readonly found: number;
  readonly asked: number;
}

const SAMPLES = 1000;
const SEED = 20_261_130;
const LEAST_LETTERS = 8;

const letters = Array.from("abcdefghijklmnopqrstuvwxyz");
const accents: Readonly<Record<string, string>> = {
  a: "áàâäã",
  c: "çč",
  e: "éèêë",
  i: "íìîï",
  n: "ñń",
  o: "óòôöõ",
  s: "šş",
  u: "úùûü",
  y: "ý",
  z: "žż",
};
const homoglyphs: Readonly<Record<string, string>> = {
  a: "а",
  c: "с",
  e: "е",
  i: "і",
  o: "о",
  p: "р",
  x: "х",
  y: "у",
  A: "А",
  B: "В",
  E: "Е",
  H: "Н",
  K: "К",
  M: "М",
  O: "О",
  T: "Т",
};
const titles = ["Mr", "Mrs.", "Dr", "Dr.", "Sheikh", "Gen.", "Prof.", "Herr", "M.", "Eng."];
const forms = ["Ltd", "LLC", "Co., Ltd.", "GmbH", "OOO", "Inc.", "S.A.", "PJSC", "FZE"];

export const families: readonly Family[] = [
  { name: "exact", write: (name) => name },
  { name: "capitals", write: (name) => (name === name.toUpperCase() ? name.toLowerCase() : name.toUpperCase()) },
  { name: "words turned round", write: (name) => turned(name) },
  { name: "accents", write: (name, random) => eachLetter(name, random, accents) },
  { name: "zero width", write: (name, random) => insertAt(name, "\u200B", random) },
  { name: "homoglyphs", write: (name, random) => eachLetter(name, random, homoglyphs) },
  { name: "hyphens between words", write: (name) => (name.includes("-") ? null : name.replaceAll(" ", "-")) },
  { name: "without spaces", write: (name) => name.replaceAll(/[\s-]+/gu, "") },
  { name: "two words joined", write: joined },
  { name: "one edit", write: (name, random) => edited(name, random) },
  { name: "two edits", write: (name, random) => edited(edited(name, random), random) },
  { name: "a word between first and last left out", write: withoutMiddle },
  { name: "initials for words between first and last", write: (name) => withInitials(name) },
  { name: "titles and forms", write: (name, random, type) => titled(name, random, type) },
  { name: "cut at 35", write: (name) => (name.length > 35 ? name.slice(0, 35) : null) },
];

/** Writes names of persons and organisations in each way, and searches for them at the default threshold. Seeded. */
export function familyFigures(designations: readonly Designation[]): readonly FamilyFigures[] {
  const index = openSnapshot(compileSnapshot(designations));
  const options = compileSearchOptions({ threshold: THRESHOLD });
  const found = (text: string, { id }: Designation): boolean => {
    const result = index.search(text, options);
    return result.kind === "matches" && result.matches.some(({ designation }) => designation.id === id);
  };
  return families.map((family, at) => ({
    family: family.name,
    persons: recall(designations, { family, at, type: "PERSON", found }),
    organisations: recall(designations, { family, at, type: "ORGANISATION", found }),
  }));
}

interface Question {
  readonly family: Family;
  readonly at: number;
  readonly type: DesignationType;
  readonly found: (text: string, designation: Designation) => boolean;
}

function recall(designations: readonly Designation[], { family, at, type, found }: Question): Recall {
  const random = seededRandom(SEED + at);
  const some = designations.filter((designation) => designation.type === type && nameOf(designation) !== null);
  let [hits, asked] = [0, 0];
  for (let draw = 0; draw < SAMPLES * 10 && asked < SAMPLES; draw++) {
    const designation = random.pick(some);
    const text = family.write(nameOf(designation)!, random, type);
    if (text === null) continue;
    asked += 1;
    if (found(text, designation)) hits += 1;
  }
  return { found: hits, asked };
}

/** The first name that the publisher does not call weak, of two words and eight letters, in Latin letters. */
function nameOf({ names }: Designation): string | null {
  const { text, strength } = names[0]!;
  if (strength === "WEAK" || !/^[\p{Script=Latin}\p{P}\p{Zs}\p{N}]+$/u.test(text)) return null;
  const inOrder = text.replace(/^([^,]+), ([^,]+)$/u, "$2 $1");
  return inOrder.includes(" ") && (inOrder.match(/\p{L}/gu)?.length ?? 0) >= LEAST_LETTERS ? inOrder : null;
}

function turned(name: string): string {
  return name.split(" ").toReversed().join(" ");
}

function eachLetter(name: string, random: Random, table: Readonly<Record<string, string>>): string | null {
  const written = Array.from(name, (letter) => {
    const others = table[letter];
    return others === undefined || random.oneIn(3) ? letter : random.pick(Array.from(others));
  });
  return written.join("") === name ? null : written.join("");
}

function insertAt(name: string, what: string, random: Random): string {
  const at = 1 + random.below(name.length - 1);
  return name.slice(0, at) + what + name.slice(at);
}

function joined(name: string, random: Random): string {
  const words = name.split(" ");
  const at = random.below(words.length - 1);
  return [...words.slice(0, at), words[at]! + words[at + 1]!, ...words.slice(at + 2)].join(" ");
}

/** One letter, anywhere but at the beginning of the name, dropped, added, changed or swapped with the next. */
function edited(name: string, random: Random): string {
  const places = [...name.matchAll(/\p{L}/gu)].map(({ index }) => index).slice(1);
  const at = random.pick(places);
  const [before, letter, behind] = [name.slice(0, at), name.charAt(at), name.slice(at + 1)];
  const other = letter === letter.toUpperCase() ? random.pick(letters).toUpperCase() : random.pick(letters);
  switch (random.below(4)) {
    case 0:
      return before + behind;
    case 1:
      return before + other + letter + behind;
    case 2:
      return before + other + behind;
    default:
      return /^\p{L}/u.test(behind) ? before + behind.charAt(0) + letter + behind.slice(1) : before + behind;
  }
}

function withoutMiddle(name: string, random: Random): string | null {
  const words = name.split(" ");
  if (words.length < 3) return null;
  const at = 1 + random.below(words.length - 2);
  return words.filter((_, place) => place !== at).join(" ");
}

function withInitials(name: string): string | null {
  const words = name.split(" ");
  if (words.length < 3) return null;
  return words
    .map((word, at) => (at === 0 || at === words.length - 1 || !/^\p{L}/u.test(word) ? word : `${word.charAt(0)}.`))
    .join(" ");
}

function titled(name: string, random: Random, type: DesignationType): string {
  return type === "PERSON" ? `${random.pick(titles)} ${name}` : `${name} ${random.pick(forms)}`;
}
