import { boundedOsa } from "../relations/osa.ts";

/**
 * Classes of legal forms, titles and honours: the weight of a class, then its spellings, the first of which stands for
 * all in a comparison. Modest on purpose: a form that is missing here only costs the weight of one word. Short words
 * that are also names (`As`, `Se`) are left out. Changing the table changes `engineVersion`.
 */
export const wordClasses: readonly (readonly [weight: number, spellings: string])[] = [
  [2, "ltd limited ltda limitada limitee sarl srl gmbh llc ooo tov bv bvba sro doo dooel ood eood spzoo kft oy ab"],
  [2, "aps sdn bhd pte pty pvt private lda"],
  [2, "plc jsc oao pao ao zao ojsc pjsc cjsc ojs ag sa spa nv asa kgaa psc pjs oyj saog"],
  [2, "inc incorporated corp corporation"],
  [
    2,
    "co company cie compagnie compania companhia kompania kompaniya kompanija kompani sirketi sherkat sharikat shirkat",
  ],
  [2, "llp lp lllp kg ohg gbr partnership"],
  [2, "fzco fzc fze fzllc"],
  [1, "mr mister herr monsieur senor signor"],
  [1, "mrs ms miss madam madame frau senora signora"],
  [1, "dr doctor doktor"],
  [1, "prof professor"],
  [1, "eng engineer engr"],
  [2, "haji hajji haj hajj hadji hadj alhaji alhaj alhajj hajjah"],
  [2, "sheikh shaikh shaykh sheik shekh cheikh"],
  [2, "mullah mulla molla maulavi mawlawi mawlavi maulana moulana mawlana maulawi"],
  [4, "sayyid sayed sayyed syed saiyid seyed seyyed sayid seyid"],
  [2, "gen general brig brigadier"],
  [1, "mv mt"],
  [2, "col colonel"],
  [2, "capt captain cpt"],
  [2, "ayatollah ayatullah ayatallah"],
];

/** Words that are names or words of their own although one edit makes a class word of them. */
const notMisspelt: ReadonlySet<string> = new Set(["privat", "shirkah"]);

const classes = new Map<string, string>();
const weights = new Map<string, number>();
for (const [weight, spellings] of wordClasses) {
  const words = spellings.split(" ");
  for (const word of words) classes.set(word, words[0]!);
  weights.set(words[0]!, weight);
}

/** Shorter class words must be spelt right: too many names are one edit away from them. */
const SHORTEST_MISSPELT = 7;
/** Only classes whose long words no common name resembles: `Ayatullah` is one edit from `Hayatullah`. */
const mayBeMisspelt: ReadonlySet<string> = new Set(["ltd", "aps", "inc", "co", "llp", "mullah"]);
const longSpellings = [...classes.keys()].filter(
  (word) => word.length >= SHORTEST_MISSPELT && mayBeMisspelt.has(classes.get(word)!),
);

/** Bounds the memo of words that belong to no class: a hostile stream cannot make it grow for ever. */
const MEMO_LIMIT = 1 << 15;
const memo = new Map<string, string>();

/**
 * The word a token is compared as: the first of its class, else itself. A class word of at least 7 letters is known
 * with one edit too, or a slip in `Incorporated` would weigh like a slip in a surname.
 */
export function canonicalToken(written: string): string {
  const spelt = classes.get(written) ?? memo.get(written);
  if (spelt !== undefined) return spelt;
  const found = canonicalOfMisspelt(written);
  if (memo.size >= MEMO_LIMIT) memo.clear();
  memo.set(written, found);
  return found;
}

function canonicalOfMisspelt(written: string): string {
  if (written.length < SHORTEST_MISSPELT - 1 || notMisspelt.has(written)) return written;
  const meant = longSpellings.find((word) => boundedOsa(word, written, 1) <= 1);
  return meant === undefined ? written : classes.get(meant)!;
}

/** Weight of a class by the word that stands for it. */
export const classWeights: ReadonlyMap<string, number> = weights;
