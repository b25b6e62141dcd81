import { canonicalToken, classWeights } from "./canonical.ts";
import { phrases } from "./phrase-table.ts";
import type { Token } from "./token.ts";

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
