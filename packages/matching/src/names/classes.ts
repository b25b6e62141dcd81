import { koreanClasses } from "../normalise/korean-spellings.ts";
import classTable from "./classes.json" with { type: "json" };
import nicknameTable from "./nicknames.json" with { type: "json" };
import { ownClasses } from "./own-classes.ts";
import { ownNicknames } from "./own-nicknames.ts";
import { patronymics } from "./patronymics.ts";

const NONE: readonly number[] = [];

let classes: Map<string, readonly number[]> | undefined;
let nicknames: Map<string, readonly number[]> | undefined;

let formal: Map<string, readonly number[]> | undefined;

const allClasses = (): NonNullable<typeof classes> =>
  (classes ??= index([...ownClasses, ...koreanClasses(), ...patronymics, ...classTable.split("\n")], (words) => words));
const allNicknames = (): NonNullable<typeof nicknames> =>
  (nicknames ??= index(nicknameLines(), (words) => words.slice(1)));
const allFormal = (): NonNullable<typeof formal> => (formal ??= index(nicknameLines(), (words) => words.slice(0, 1)));

/** Ids of the classes of spellings a name belongs to; two names that share one are one name. Bytes a-z0-9. */
export function classesOf(name: string): readonly number[] {
  return allClasses().get(name) ?? NONE;
}

/** Ids of the names a word is a nickname of. A name itself has its own id, see `formalIdsOf`. */
export function nicknameIdsOf(name: string): readonly number[] {
  return allNicknames().get(name) ?? NONE;
}

/** Ids by which the nicknames of a name refer to it. */
export function formalIdsOf(name: string): readonly number[] {
  return allFormal().get(name) ?? NONE;
}

/** All words that one of the three has anything of. */
export function wordsOfClasses(): readonly string[] {
  return [allClasses(), allNicknames(), allFormal()].flatMap((table) => [...table.keys()]);
}

let numbers: ReadonlySet<string> | undefined;

/** True for a number that some table joins with another word, as 1 with one and 1st. */
export function isNumberWithWords(digits: string): boolean {
  numbers ??= numbersIn([...ownClasses, ...patronymics, ...classTable.split("\n"), ...nicknameLines()]);
  return numbers.has(digits);
}

function numbersIn(lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(" ")).filter((word) => /^[0-9]+$/.test(word)));
}

function nicknameLines(): readonly string[] {
  return [...ownNicknames, ...nicknameTable.split("\n")];
}

/** Words to the numbers of the lines that hold them. */
function index(
  lines: readonly string[],
  select: (words: readonly string[]) => readonly string[],
): Map<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const [id, line] of lines.entries()) {
    for (const word of select(line.split(" "))) {
      const ids = found.get(word);
      if (ids === undefined) found.set(word, [id]);
      else if (ids.at(-1) !== id) ids.push(id);
    }
  }
  return found;
}
