import {
  type Designation,
  foldedWords,
  type ListedName,
  type ListedPlace,
  type ScreeningIndex,
} from "@cordon/matching";

/** An entry of a list of places or words. */
export interface PlaceEntry {
  readonly designation: Designation;
  readonly place: ListedPlace;
}

/** A spelling of an entry that stands in a text. Offsets are UTF-16 units of the text. */
export interface SpellingFound {
  readonly entry: PlaceEntry;
  readonly name: ListedName;
  readonly start: number;
  readonly end: number;
  /** One letter was wrong. */
  readonly isNear: boolean;
}

/** The places and words of one index. */
export interface PlaceBook {
  /** Each entry once for a text, by its first and longest spelling there. */
  find(text: string): readonly SpellingFound[];
  /** The entry of a country by its code. */
  country(code: string): readonly PlaceEntry[];
  /** True if an entry has a number in it, so that texts that differ in numbers only may differ in what they hold. */
  readonly hasNumbers: boolean;
}

interface Spelling {
  readonly entry: PlaceEntry;
  readonly name: ListedName;
  readonly words: readonly string[];
}

/** Names of towns of at least so many letters are found with one letter wrong, missing or too many. */
const SHORTEST_NEAR = 7;

/** Letters written apart, `S E V A S T O P O L`, are one word from so many on. */
const FEWEST_APART = 4;

const books = new WeakMap<ScreeningIndex, PlaceBook | null>();

/** Null for an index without such entries. It is made once for each index. */
export function placesOf(index: ScreeningIndex): PlaceBook | null {
  let book = books.get(index);
  if (book === undefined) {
    const entries = index.places().flatMap((designation) => {
      const { place } = designation;
      return place === undefined ? [] : [{ designation, place }];
    });
    books.set(index, (book = entries.length === 0 ? null : newBook(entries)));
  }
  return book;
}

function newBook(entries: readonly PlaceEntry[]): PlaceBook {
  const byWord = new Map<string, Spelling[]>();
  const near = new Map<string, Spelling[]>();
  const byCode = new Map<string, PlaceEntry[]>();
  let hasNumbers = false;
  const add = (to: Map<string, Spelling[]>, key: string, spelling: Spelling): void => {
    const known = to.get(key);
    if (known === undefined) to.set(key, [spelling]);
    else known.push(spelling);
  };
  for (const entry of entries) {
    for (const code of entry.place.codes) byCode.set(code, [...(byCode.get(code) ?? []), entry]);
    for (const name of entry.designation.names) {
      const words = foldedWords(name.text).map(({ text }) => text);
      const [first] = words;
      if (first === undefined) continue;
      hasNumbers ||= words.some((word) => /\d/.test(word));
      add(byWord, first, { entry, name, words });
      // Also written as one word.
      if (words.length > 1) add(byWord, words.join(""), { entry, name, words: [words.join("")] });
      const alone = words.join("");
      if (entry.place.kind === "TOWN" && alone.length >= SHORTEST_NEAR)
        for (const key of [alone, ...withoutOne(alone)]) add(near, key, { entry, name, words: [alone] });
    }
  }

  function nearOnes(word: string): readonly Spelling[] {
    if (word.length < SHORTEST_NEAR - 1) return [];
    const found = [word, ...withoutOne(word)].flatMap((key) => near.get(key) ?? []);
    return found.filter(
      ({ words: [listed = ""] }) => listed !== word && listed[0] === word[0] && isOneEditAway(word, listed),
    );
  }

  return {
    hasNumbers,
    country: (code) => byCode.get(code) ?? [],
    find(text) {
      const found = new Map<string, SpellingFound>();
      const keep = ({ entry, name }: Spelling, [first, last]: readonly [Place, Place], isNear: boolean): void => {
        const { id } = entry.designation;
        const known = found.get(id);
        const one = { entry, name, start: first.start, end: last.end, isNear };
        if (known === undefined || one.end - one.start > known.end - known.start) found.set(id, one);
      };
      for (const words of readingsOf(text))
        for (const [at, word] of words.entries()) {
          for (const spelling of byWord.get(word.text) ?? [])
            if (spelling.words.every((listed, i) => words[at + i]?.text === listed))
              keep(spelling, [word, words[at + spelling.words.length - 1]!], false);
          for (const spelling of nearOnes(word.text)) keep(spelling, [word, word], true);
        }
      return [...found.values()];
    },
  };
}

interface Place {
  readonly start: number;
  readonly end: number;
}

type Word = Place & { readonly text: string };

/** The words of a text; and, where letters stand apart, with those as words. */
function readingsOf(text: string): readonly (readonly Word[])[] {
  const words = foldedWords(text);
  const joined: Word[] = [];
  for (let at = 0; at < words.length; at++) {
    let end = at;
    while (end < words.length && words[end]!.text.length === 1) end++;
    if (end - at < FEWEST_APART) {
      joined.push(words[at]!);
      continue;
    }
    const letters = words.slice(at, end);
    joined.push({
      text: letters.map((letter) => letter.text).join(""),
      start: letters[0]!.start,
      end: letters.at(-1)!.end,
    });
    at = end - 1;
  }
  return joined.length === words.length ? [words] : [words, joined];
}

function withoutOne(word: string): readonly string[] {
  return Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1));
}

/** Of two words that differ: one letter is wrong, missing, too many or swapped with its neighbour. */
function isOneEditAway(a: string, b: string): boolean {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  const restA = a.slice(start);
  const restB = b.slice(start);
  if (restA.slice(1) === restB || restA === restB.slice(1) || restA.slice(1) === restB.slice(1)) return true;
  return restA.slice(1, 2) + restA.slice(0, 1) + restA.slice(2) === restB;
}
