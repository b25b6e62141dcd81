import { canonicalToken, classWeights } from "./canonical.ts";
import type { Token } from "./token.ts";

/**
 * Legal forms written out, by the word of their class (`canonical.ts`); words in the bytes of a token. Longer phrases win.
 */
export const phrases: readonly (readonly [canonical: string, phrase: string])[] = [
  ["ltd", "limited liability company"],
  ["ltd", "limited liability co"],
  ["ltd", "limited liability"],
  ["ltd", "company with limited liability"],
  ["ltd", "limited liability company responsibility"],
  ["ltd", "private limited company"],
  ["ltd", "private limited"],
  ["ltd", "pvt ltd"],
  ["ltd", "pvt limited"],
  ["ltd", "pte ltd"],
  ["ltd", "sdn bhd"],
  ["ltd", "sendirian berhad"],
  ["ltd", "societe a responsabilite limitee"],
  ["ltd", "sociedad de responsabilidad limitada"],
  ["ltd", "sociedad limitada"],
  ["ltd", "sociedade limitada"],
  ["ltd", "societa a responsabilita limitata"],
  ["ltd", "societate cu raspundere limitata"],
  ["ltd", "gesellschaft mit beschrankter haftung"],
  ["ltd", "gesellschaft mit beschraenkter haftung"],
  ["ltd", "gmbh co kg"],
  ["ltd", "obshchestvo s ogranichennoy otvetstvennostyu"],
  ["ltd", "obshchestvo s ogranichennoi otvetstvennostyu"],
  ["ltd", "obschestvo s ogranichennoy otvetstvennostyu"],
  ["ltd", "obshchestvo s ogranichennoy otvetstvennostiu"],
  ["ltd", "obshchestvo s ogranichennoi otvetstvennostiu"],
  ["ltd", "tovarystvo z obmezhenoyu vidpovidalnistyu"],
  ["ltd", "tovaristvo z obmezhenoyu vidpovidalnistyu"],
  ["ltd", "spolka z ograniczona odpowiedzialnoscia"],
  ["ltd", "sp z o o"],
  ["ltd", "sp zoo"],
  ["ltd", "drustvo s ogranicenom odgovornoscu"],
  ["ltd", "drustvo sa ogranicenom odgovornoscu"],
  ["ltd", "druzba z omejeno odgovornostjo"],
  ["ltd", "druzhestvo s ogranichena otgovornost"],
  ["ltd", "korlatolt felelossegu tarsasag"],
  ["ltd", "spolecnost s rucenim omezenym"],
  ["ltd", "spolocnost s rucenim obmedzenym"],
  ["ltd", "besloten vennootschap"],
  ["ltd", "limited sirketi"],
  ["ltd", "limited company"],
  ["ltd", "osauhing"],
  ["ltd", "osakeyhtio"],
  ["ltd", "aktiebolag"],
  ["ltd", "anpartsselskab"],
  ["plc", "open joint stock company"],
  ["plc", "public joint stock company"],
  ["plc", "closed joint stock company"],
  ["plc", "private joint stock company"],
  ["plc", "opened joint stock company"],
  ["plc", "joint stock company"],
  ["plc", "joint stock co"],
  ["plc", "joint stock"],
  ["plc", "public limited company"],
  ["plc", "public stock company"],
  ["plc", "otkrytoe aktsionernoe obshchestvo"],
  ["plc", "otkrytoye aktsionernoye obshchestvo"],
  ["plc", "publichnoe aktsionernoe obshchestvo"],
  ["plc", "publichnoye aktsionernoye obshchestvo"],
  ["plc", "zakrytoe aktsionernoe obshchestvo"],
  ["plc", "zakrytoye aktsionernoye obshchestvo"],
  ["plc", "aktsionernoe obshchestvo"],
  ["plc", "aktsionernoye obshchestvo"],
  ["plc", "aktsionerne tovarystvo"],
  ["plc", "publichne aktsionerne tovarystvo"],
  ["plc", "aktiengesellschaft"],
  ["plc", "kommanditgesellschaft auf aktien"],
  ["plc", "societe anonyme"],
  ["plc", "societe par actions simplifiee"],
  ["plc", "sociedad anonima"],
  ["plc", "sociedad anonima de capital variable"],
  ["plc", "sociedade anonima"],
  ["plc", "societa per azioni"],
  ["plc", "societate pe actiuni"],
  ["plc", "anonim sirketi"],
  ["plc", "anonim sirket"],
  ["plc", "naamloze vennootschap"],
  ["plc", "spolka akcyjna"],
  ["plc", "akciova spolecnost"],
  ["plc", "akciova spolocnost"],
  ["plc", "akcionersko drustvo"],
  ["plc", "dionicko drustvo"],
  ["plc", "delnicka druzba"],
  ["plc", "aktieselskab"],
  ["plc", "aksjeselskap"],
  ["plc", "allmennaksjeselskap"],
  ["plc", "nyilvanosan mukodo reszvenytarsasag"],
  ["plc", "zartkoruen mukodo reszvenytarsasag"],
  ["plc", "reszvenytarsasag"],
  ["plc", "sherkat sahami"],
  ["plc", "sherkat sahami aam"],
  ["fgup", "federal state unitary enterprise"],
  ["fgup", "federal state owned enterprise"],
  ["fgup", "federal state enterprise"],
  ["fgup", "state unitary enterprise"],
  ["fgup", "state owned enterprise"],
  ["fgup", "unitary enterprise"],
  ["fgup", "federalnoe gosudarstvennoe unitarnoe predpriyatie"],
  ["fgup", "federalnoye gosudarstvennoye unitarnoye predpriyatie"],
  ["fgup", "gosudarstvennoe unitarnoe predpriyatie"],
  ["llp", "limited liability partnership"],
  ["llp", "limited partnership"],
  ["llp", "kommanditgesellschaft"],
  ["llp", "offene handelsgesellschaft"],
  ["fzco", "free zone company"],
  ["fzco", "free zone establishment"],
  ["fzco", "free zone co"],
  ["inc", "sociedad anonima bursatil"],
  ["plc", "kabushiki kaisha"],
  ["plc", "kabushiki gaisha"],
  ["ltd", "godo kaisha"],
  ["ltd", "yugen kaisha"],
  ["ltd", "perseroan terbatas"],
  ["ltd", "s de rl de cv"],
  ["ltd", "s de r l de c v"],
  ["ltd", "s de r l"],
  ["plc", "sa de cv"],
  ["plc", "s a de c v"],
  ["plc", "sapi de cv"],
  ["plc", "otkrytoe aktsionernoe obschestvo"],
  ["plc", "otkrytoye aktsionernoye obschestvo"],
  ["plc", "publichnoe aktsionernoe obschestvo"],
  ["plc", "publichnoye aktsionernoye obschestvo"],
  ["plc", "zakrytoe aktsionernoe obschestvo"],
  ["plc", "zakrytoye aktsionernoye obschestvo"],
  ["plc", "neotkrytoe aktsionernoe obshchestvo"],
  ["plc", "nepublichnoe aktsionernoe obshchestvo"],
  ["plc", "aktsionernoe obschestvo"],
  ["plc", "aktsionernoye obschestvo"],
  ["plc", "vidkryte aktsionerne tovarystvo"],
  ["plc", "pryvatne aktsionerne tovarystvo"],
  ["plc", "private stock company"],
  ["plc", "private joint stock"],
  ["plc", "public joint stock"],
  ["plc", "open joint stock"],
  ["plc", "closed joint stock"],
  ["plc", "sociedad por acciones"],
  ["plc", "sociedade por acoes"],
  ["plc", "anonim ortakligi"],
  ["ltd", "obschestvo s ogranichennoi otvetstvennostyu"],
  ["ltd", "obschestvo s ogranichennoi otvetstvennostiu"],
  ["ltd", "obschestvo s ogranichennoy otvetstvennostiu"],
  ["ltd", "sociedade por quotas"],
  ["ltd", "sociedade unipessoal"],
  ["ltd", "entreprise unipersonnelle a responsabilite limitee"],
  ["ltd", "proprietary limited"],
  ["ltd", "pty ltd"],
  ["ltd", "private company limited by shares"],
  ["ltd", "company limited by shares"],
  ["fgup", "chastnoe predpriyatie"],
  ["fgup", "unitarnoe predpriyatie"],
  ["fgup", "respublikanskoe unitarnoe predpriyatie"],
  ["fgup", "republican unitary enterprise"],
  ["mv", "motor vessel"],
  ["mv", "motor tanker"],
  ["mv", "motor ship"],
  ["mv", "merchant vessel"],
];

interface Step {
  readonly next: Map<string, Step>;
  canonical?: string;
}

const root: Step = { next: new Map() };
/** Words by which a reader can tell that a text may hold a phrase: of each, its first two. */
const beginnings = new Set<string>();

function enter(words: readonly string[], canonical: string): void {
  let step = root;
  for (const word of words) {
    let next = step.next.get(word);
    if (next === undefined) step.next.set(word, (next = { next: new Map() }));
    step = next;
  }
  step.canonical ??= canonical;
  beginnings.add(words.slice(0, 2).join(" "));
}

/** A longer phrase is entered as written and reversed only: its other orders would be thousands. */
const MOST_WORDS_PERMUTED = 4;

/**
 * The other orders in which the words of a phrase are still that phrase: a payment may give the words of a name in any.
 * Not of two words that each are a class of their own: `Company Limited` is two forms, in `Limited Company` too.
 */
function otherOrders(words: readonly string[]): readonly (readonly string[])[] {
  if (words.length === 2 && words.every((word) => canonicalToken(word) !== word || classWeights.has(word))) return [];
  return words.length > MOST_WORDS_PERMUTED ? [words.toReversed()] : permutations(words);
}

function permutations(words: readonly string[]): readonly (readonly string[])[] {
  if (words.length < 2) return [words];
  return words.flatMap((word, at) => permutations(words.toSpliced(at, 1)).map((rest) => [word, ...rest]));
}

const phrasesAsWords = phrases.map(([canonical, phrase]) => [canonical, phrase.split(" ")] as const);
for (const [canonical, words] of phrasesAsWords) enter(words, canonical);
for (const [canonical, words] of phrasesAsWords) for (const order of otherOrders(words)) enter(order, canonical);

/** Shorter words of phrases are words of other kinds, or names (`sahami`). */
const SHORTEST_PHRASE_WORD = 8;

/** Words that tell of a legal form wherever they stand, also where no whole phrase is found. */
export const phraseWords: ReadonlySet<string> = new Set(
  phrasesAsWords.flatMap(([, words]) => words).filter((word) => word.length >= SHORTEST_PHRASE_WORD),
);

/** True if two words side by side (or one, with "" after it) may begin a phrase; a phrase of one word always may. */
export function mayBeginPhrase(first: string, second: string): boolean {
  return root.next.has(first) && (beginnings.has(`${first} ${second}`) || beginnings.has(first));
}

/** True if a phrase begins with the word. */
export function beginsPhrase(word: string): boolean {
  return root.next.has(word);
}

/** Each legal form written out becomes one token, from the first of its words to the last. */
export function joinPhrases(tokens: readonly Token[]): readonly Token[] {
  if (!tokens.some((token) => root.next.has(token.written))) return tokens;
  const joined: Token[] = [];
  for (let at = 0; at < tokens.length;) {
    const found = longestAt(tokens, at);
    if (found === undefined) {
      joined.push(tokens[at++]!);
      continue;
    }
    const last = tokens[found.end - 1]!;
    const written = tokens
      .slice(at, found.end)
      .map((token) => token.written)
      .join("");
    joined.push({ text: found.canonical, written, start: tokens[at]!.start, end: last.end });
    at = found.end;
  }
  return joined;
}

function longestAt(
  tokens: readonly Token[],
  from: number,
): { readonly canonical: string; readonly end: number } | undefined {
  let step: Step | undefined = root;
  let found: { readonly canonical: string; readonly end: number } | undefined;
  for (let at = from; at < tokens.length; at++) {
    step = step.next.get(tokens[at]!.written);
    if (step === undefined) break;
    if (step.canonical !== undefined) found = { canonical: step.canonical, end: at + 1 };
  }
  return found;
}
