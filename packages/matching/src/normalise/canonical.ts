import { lettersOf, mayBeWithin } from "../relations/letters.ts";
import { boundedOsa } from "../relations/osa.ts";
import { commonWords } from "../weights/common-words.ts";
import { phrases, phraseWords } from "./phrase-table.ts";

/**
 * Classes of legal forms, titles and honours: the weight of a class, then its spellings, the first of which stands for
 * all in a comparison. Modest on purpose: a form that is missing here only costs the weight of one word. Short words
 * that are also names (`As`, `Se`) are left out. Changing the table changes `engineVersion`.
 */
export const wordClasses: readonly (readonly [weight: number, spellings: string])[] = [
  [
    2,
    "ltd limited lmtd limitd ltda limitada limitee sarl srl gmbh llc ooo tov bv bvba sro doo dooel ood eood spzoo kft oy ab",
  ],
  [2, "aps sdn bhd pte pty pvt private lda shpk sha"],
  [2, "fgup gup fgbu fgu soe rup"],
  [2, "plc jsc oao pao ao zao ojsc pjsc cjsc ojs ag sa spa nv asa kgaa psc pjs oyj saog"],
  [2, "inc incorporated corp corporation korporatsiya corporacion korporatsia"],
  [
    2,
    "co coy company cia cie ste compagnie compania companhia kompania kompaniya kompanija kompani sirketi sherkat sharikat shirkat",
  ],
  [2, "llp lp lllp kg ohg gbr partnership"],
  [2, "fzco fzc fze fzllc dmcc fzcllc fzccllc"],
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
  [1, "mv mt ss vsl msv"],
  [1, "jr jnr"],
  [1, "sr snr"],
  [1, "esq esquire"],
  [1, "phd"],
  [1, "sir"],
  [1, "ustad ustaz ostad"],
  [1, "don dona"],
  [1, "hon honourable honorable"],
  // Said where a name is not known.
  [1, "fnu lnu nfn nln nmn nmi fnmn unk unknown noname nofirstname nolastname"],
  [1, "xxx xxxx xxxxx"],
  [1, "attn"],
  [2, "col colonel"],
  [2, "capt captain cpt"],
  [2, "ayatollah ayatullah ayatallah"],
  [5, "bank bk banque banco banka banca bankasi"],
  [3, "group grp gp gruppa gruppe grupo groupe gruppo grup grupa grubu"],
  [3, "concern kontsern konzern"],
  [5, "technology technologies technologie technologia tekhnologii tehnologii tecnologia teknoloji"],
  [5, "industry industries industrie industria industrias industrii promyshlennosti promyshlennost sanayi sanaye"],
  [5, "trading trade ticaret torgovy torgovyi handel handels torgovlya"],
  [3, "international internacional internationale internazionale mezhdunarodny mezhdunarodnyi intl uluslararasi"],
  [3, "organization organisation organizacion organisatsiya organizatsiya orgnization"],
  [
    5,
    "ministry ministerio ministere ministerium ministerstvo ministerstva ministerstwo ministero bakanligi wizarat kementerian",
  ],
  [5, "committee komitet comite komite"],
  [
    5,
    "university universitet universiteta universitaet danishgah daneshgah universite universidad universitat universita",
  ],
  [5, "institute institut instituto"],
  [5, "center centre markaz centr tsentr centro zentrum tsentra"],
  [3, "national nacional natsionalny nationale nazionale natsionalnyi ulusal"],
  [5, "foundation fondation fundacion fond stiftung vakfi"],
  [5, "shipping shpg sudokhodstvo denizcilik"],
  [5, "insurance assurance assurances seguros strakhovanie strakhovaya"],
  [5, "defense defence oborony oborona oborone defensa difesa savunma verteidigung difaa defa"],
  [5, "harbour harbor"],
  [5, "plant zavod zavoda zavodov fabrika factory usine fabrik"],
  [
    5,
    "central tsentralny tsentralnyy tsentralnyi tsentralnaya tsentralnoe tsentralnogo centrale zentral zentralbank merkezi markazi",
  ],
  [3, "state gosudarstvennyy gosudarstvennyi gosudarstvenny gosudarstvennaya gosudarstvennoe estatal devlet"],
  [3, "federal federalnyy federalnyi federalny federalnaya federalnoe"],
  [3, "republic respublika republica republique republik cumhuriyeti jomhuri dzhumkhuriyat"],
  [3, "union soyuz soiuz unione"],
  [3, "association assotsiatsiya asociacion associacao asotsiatsiya obedinenie obyedinenie obyedineniye"],
  [3, "holding holdings kholding kholdings"],
  [
    7,
    "russia russian rossii rossiya rossiia rossiyskiy rossiiskii rossiyskaya rossiyskoe rossiyskoye rossijskij rusia russie russland",
  ],
  [7, "syria syrian suriye suriya siria syrie sirii siriya siriyskaya syrien siriyskiy"],
  [7, "iran iranian irana iranskaya iranskiy irani iranien iranienne"],
  [7, "iraq iraqi irak"],
  [7, "korea korean koryo coree corea"],
  [7, "china chinese chine kitay"],
  [7, "libya libyan libia libye"],
  [7, "ukraine ukrainian ukraina ukrainy"],
  [7, "belarus belarusi belarusian belarussian byelorussian belorussian belorusskiy bielorussia"],
  [7, "afghanistan afghan"],
  [7, "pakistan pakistani"],
  [7, "somalia somali"],
  [7, "yemen yemeni"],
  [7, "lebanon lebanese liban"],
  [7, "egypt egyptian"],
  [7, "turkey turkish turkiye"],
  [7, "venezuela venezuelan"],
  [7, "cuba cuban"],
  [7, "myanmar burma burmese"],
  [7, "sudan sudanese"],
  [7, "crimea crimean krym"],
  [7, "moscow moskva moskovskiy moskovskaya moskau moscou"],
  [3, "islamic islamique islamica"],
  [5, "production proizvodstvennoe proizvodstvennaya proizvodstvennyy proizvodstvo produccion"],
  [5, "scientific nauchno nauchnyy nauchnaya nauchnoe cientifico"],
  [5, "research issledovatelskiy issledovatelskii issledovatelskaya"],
  [5, "marine morskoy morskoi morskaya morskoe"],
  [5, "aviation aviatsionnyy aviatsionnaya aviatsiya aviatsii aviacion"],
  [5, "oil neftyanaya neftyanoy nefti neft naft petrol petrolera"],
  [5, "gas gazovaya gazovyy gaza gaz"],
  [5, "shipbuilding sudostroitelnyy sudostroitelnaya sudostroitelniy"],
  [5, "military voennyy voennaya voennoe voyennyy voyennaya voenno militar militaire"],
  [5, "energy energiya energeticheskaya energeticheskiy energetika energia energie enerji"],
  [5, "transport transportnaya transportnyy transporte transportation"],
  [5, "construction constr stroitelnaya stroitelnyy stroitelstvo construccion insaat"],
  [5, "agency agentstvo agencia agence ajansi"],
  [5, "bureau byuro buro"],
  [5, "design konstruktorskoe konstruktorskoye"],
  [5, "commercial kommercheskiy kommercheskii kommercheskaya comercial ticari"],
  [5, "investment investments investitsionnaya investitsionnyy inversiones inversion investicion"],
  [5, "financial finansovaya finansovyy financiera financiero"],
  [5, "party partiya partido parti partei"],
  [5, "army armiya armii armee armata ejercito ordusu artesh"],
  [5, "council sovet soveta conseil consejo rat konseyi"],
  [5, "security bezopasnosti bezopasnost seguridad securite sicherheit guvenlik"],
  [5, "intelligence razvedki razvedka inteligencia renseignement istihbarat"],
  [5, "foreign inostrannykh exteriores etrangeres auswartige"],
  [5, "interior vnutrennikh vnutrennih interieur"],
  [5, "finance finansov finanzas finances finanzen maliye"],
  [5, "movement dvizhenie dvizheniye movimiento mouvement"],
];

/** Words that are names or words of their own although one edit makes a class word of them. */
const notMisspelt: ReadonlySet<string> = new Set([
  "privat",
  "generali",
  "shirkah",
  ...commonWords.flatMap(([, words]) => words.split(" ")),
]);

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
const mayBeMisspelt: ReadonlySet<string> = new Set(
  (
    "ltd aps inc co llp mullah technology industry trading international organization ministry committee university " +
    "institute national foundation shipping insurance republic association production scientific research aviation " +
    "shipbuilding construction transport agency commercial investment financial movement concern state federal gen"
  ).split(" "),
);
/** Long words of legal forms written out (`liability`) stand for themselves. */
const wordsByMisspelling = new Map([...phraseWords].map((word) => [word, word]));
for (const [word, canonical] of classes) if (mayBeMisspelt.has(canonical)) wordsByMisspelling.set(word, canonical);
const longSpellings = [...wordsByMisspelling.keys()].filter((word) => word.length >= SHORTEST_MISSPELT);

interface LongSpelling {
  readonly word: string;
  readonly letters: number;
}

/** By length: one edit changes it by one at most. */
const longOfLength: (readonly LongSpelling[])[] = [];
for (const word of longSpellings)
  longOfLength[word.length] = [...(longOfLength[word.length] ?? []), { word, letters: lettersOf(word) }];

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
  if (ZEROED.test(written)) return written.replace(/^0+/, "");
  // Six digits or more are further than one edit from any word; the memo is for words.
  if (written.length >= SHORTEST_MISSPELT - 1 && isNumber(written)) return written;
  const found = canonicalOfMisspelt(written);
  if (memo.size >= MEMO_LIMIT) memo.clear();
  memo.set(written, found);
  return found;
}

/** The number of a ship or a unit: `WON SAN 02` is `WON SAN 2`. Longer ones are not counted but copied. */
const ZEROED = /^0[1-9]$/;

function isNumber(written: string): boolean {
  for (let at = 0; at < written.length; at++) {
    const code = written.charCodeAt(at);
    if (code < 0x30 || code > 0x39) return false;
  }
  return true;
}

/** The same without the memo, for a caller that has its own. */
export function canonicalTokenAnew(written: string): string {
  if (ZEROED.test(written)) return written.replace(/^0+/, "");
  return classes.get(written) ?? canonicalOfMisspelt(written);
}

function canonicalOfMisspelt(written: string): string {
  if (written.length < SHORTEST_MISSPELT - 1 || notMisspelt.has(written) || phraseWords.has(written)) return written;
  const letters = lettersOf(written);
  for (let length = written.length - 1; length <= written.length + 1; length++)
    for (const long of longOfLength[length] ?? [])
      if (mayBeWithin(long.letters ^ letters, 1) && boundedOsa(long.word, written, 1) <= 1)
        return wordsByMisspelling.get(long.word)!;
  return written;
}

/** Weight of a class by the word that stands for it. */
export const classWeights: ReadonlyMap<string, number> = weights;

const phraseCanonicals: ReadonlySet<string> = new Set(phrases.map(([canonical]) => canonical));

/** Whether other written words may be compared as this one: those of its class, misspelt ones, a number with a zero. */
export function mayBeWrittenOtherwise(word: string): boolean {
  return weights.has(word) || phraseWords.has(word) || phraseCanonicals.has(word) || /^[1-9]$/.test(word);
}
