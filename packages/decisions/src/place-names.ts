import type { DesignationType, NameMatch } from "@cordon/matching";

import type { ScreenableField } from "./screenable-field.ts";

/**
 * Words of streets, squares, districts and buildings that are called after people, by where they stand: `before` the name (`ulitsa
 * Akhmata Kadyrova`), `behind` it (`Qasem Soleimani Street`), or `either`. Folded: small letters, no accents.
 */
const placeWords = {
  before: {
    french:
      "rue|ruelle|impasse|quai|chemin|allee|cours|faubourg|lotissement|quartier|cite|ecole|lycee|mosquee|gare|pont",
    spanish:
      "calle|cll|avda|avenida|paseo|plaza|barrio|colonia|carretera|carrera|callejon|urbanizacion|escuela|estadio|puente",
    portuguese: "rua|travessa|praca|largo|alameda|estrada|bairro|rodovia|jardim|vila",
    italian: "viale|piazza|piazzale|corso|vicolo|largo|lungomare|scuola|stadio",
    romanian: "strada|bulevardul|calea|piata|soseaua|aleea",
    russian:
      "ulitsa|ulica|ul|pereulok|prospekt|prosp|pr-t|pr-kt|ploshchad|ploshchad'|pl|bulvar|shosse|naberezhnaya|proezd|poselok|pos|selo|stanitsa|mikrorayon|mkr",
    cyrillic:
      "улица|ул|переулок|пер|проспект|просп|пр-т|пр-кт|площадь|пл|бульвар|шоссе|набережная|проезд|поселок|пос|село|станица|микрораион|мкр|школа|вулиця|вул|провулок|площа|булевард|улица|улиця|трг",
    polish: "ulica|aleja|aleje|plac|osiedle",
    balkan: "bulevar|trg|rruga|rr|bulevardi|sheshi|obala|sokak",
    greek: "odos|leoforos|plateia|οδος|λεωφορος|πλατεια",
    arabic: "sharia|shari|shara|shari'|midan|maydan|hayy|haret|darb|madrasat|masjid|jami|jisr|matar",
    arabicScript:
      "شارع|ميدان|حي|جسر|مسجد|جامع|مدرسه|مدرسة|مطار|طريق|ساحه|ساحة|قريه|قرية|خيابان|خیابان|کوچه|بلوار|ميدان|میدان|محله|شهرک|شہر|محلہ",
    persian: "khiyaban|khiaban|kheyaban|kucheh|koocheh|bolvar|bolvare|meydan|meydane|shahrak|mahalleh|bozorgrah|otoban",
    southEastAsian: "jalan|jln|jl|kampung|lorong|duong|thanon|soi|barangay|brgy|purok",
    hebrew: "rehov|rechov|sderot|kikar|רחוב|שדרות|שד|רח|כיכר",
  },
  behind: {
    english:
      "street|str|st|road|rd|lane|ln|drive|dr|close|crescent|gardens|terrace|way|highway|hwy|parkway|expressway|bypass|roundabout|bridge|quarter|district|estate|village|township|town|colony|block|school|college|university|mosque|masjid|church|cathedral|hospital|stadium|arena|airport|station|terminal|port|park|market|bazaar|bazar|building|tower|towers|plaza|dam|island",
    german: "strasse|str|weg|gasse|platz|allee|ring|ufer|brucke|damm|siedlung",
    dutch: "straat|laan|plein|weg|kade|gracht|dreef",
    nordic: "gata|gatan|gate|vej|vag|vagen|gade|katu|tie|plads|torg",
    turkish:
      "sokak|sokagi|sok|sk|cadde|caddesi|cad|cd|bulvari|blv|mahallesi|mah|mh|meydani|koyu|koprusu|camii|havalimani|stadyumu|ilkokulu|okulu|universitesi",
    turkic:
      "kucesi|kuchasi|ko'chasi|kochasi|koshesi|prospekti|dangyly|meydani|shoh|көшеси|көшесі|данғылы|даңғылы|кучаси|кӯчаси",
    hungarian: "utca|korut",
    czech: "ulice|namesti|nabrezi",
    southAsian:
      "marg|nagar|chowk|gali|mohalla|sarani|salai|mawatha|sadak|ganj|pura|puram|abad|road|मार्ग|नगर|रोड|روڈ|چوک|আবাদ|সড়ক",
  },
  /** Of these a mark or a number must stand on the other side, for they may as well belong to the next word. */
  either: {
    short: "str",
    english: "avenue|ave|av|boulevard|blvd|bd|square|sq|place|court|circle|esplanade|promenade|hall",
    russian: "prospekt|ploshchad|bulvar|shosse|ulitsa|проспект|площадь|бульвар|шоссе|улица|ул",
    czech: "ulice|namesti|trida",
    others: "bulevard|bulvar|boulevard|aeroport|stadion|stadium|sharia|camii|cami",
  },
} as const;

/** Words between a word of a place and the name that it is called after. */
const titles =
  "de|du|des|la|las|le|les|los|el|al|do|da|dos|das|di|del|della|von|van|der|den|of|the|im|imeni|e|ye|i|имени|им|" +
  "general|gen|marechal|marshal|marshala|colonel|col|coronel|capitan|captain|commander|president|presidente|prezidenta|prezident|" +
  "dr|doctor|professor|prof|akademika|akademik|sheikh|shaikh|shaykh|sheik|shahid|shaheed|sehit|sehid|martyr|imam|ayatollah|ayatullah|haji|hajji|" +
  "king|prince|emir|amir|sultan|saint|st|san|santa|sao|heroya|geroya|generala|генерала|маршала|академика|героя|президента|шахида|имама|" +
  "الشهيد|شهید|شهيد|الملك|الشيخ|الامام|امام|سردار|sardar|sir|lord|new|old|great|bolshaya|malaya";

/** Words that say that an address begins. */
const nearWords = "near|nr|opposite|opp|behind|beside|off|at|corner";

/** Words before the number of a house. */
const numberWords = "no|nr|num|numero|n|d|dom|h|house|bl|block|apt|kv|korp|bldg|km";

/** Words within a name that do not make it longer. */
const smallWords = "al|el|ul|ud|ur|us|bin|ibn|bint|von|van|de|da|di|la|of|e|i|ال|بن";

/**
 * A street is called after one name or two. Three or more are a person's whole name, as lists have it and hardly any street bears it:
 * who adds "Street" to a listed name of two words gets past an address line, who adds it to the whole name does not.
 */
const MOST_WORDS_OF_STREET = 2;

/** Marks by which the parts of an address are told apart; in a name only a comma, for by all others people are. */
const PARTS = { address: "[,;\n/|-]", name: "," } as const;

/** What says that a ship's name follows, for most ships are called after places. */
const shipWords = "mv|m/v|mt|m/t|ms|ss|fv|lpg/c|lng/c|vessel|ship|tanker|captain|crew|master|imo";

/**
 * Whether a listed name that was found in an address, or in what follows the name in a field that should hold one, is there as the name
 * of a place:
 *
 * - directly beside a word of a street or the like, the name being the whole name of that street (`ulitsa Akhmata Kadyrova`);
 * - alone between the marks of an address, or all of a town: one word that is listed as a person (`Tambov`), or one or two that begin the
 *   name of a firm (`Saint Petersburg` of its exchange);
 * - one word of an address that is listed as a ship (`Sevastopol`), or all of a town that is, unless something says that it is a ship.
 *
 * An organisation is found whole wherever it stands: no street is called after a firm. So is everything in a text that is no address.
 */
export function isNameOfPlace(field: ScreenableField, match: NameMatch): boolean {
  const { text, place, bearer } = field;
  const inName = bearer !== "text";
  if (place === null && !inName) return false;
  const { start, end, designation, reasons } = match;
  const found = folded(text.slice(start, end));
  const [streetWord = ""] = streetWordTakenIn.exec(found) ?? [];
  const part: Part = {
    words: countWords(found),
    before: folded(text.slice(0, start)) + streetWord,
    behind: folded(text.slice(end)),
    kind: kindOf(designation.type, reasons),
  };
  return isOfStreet(part, inName ? withinNames : withinAddresses) || isOfTown(part, place);
}

/** Whether a road, a square or the like is called after what stands in that part of an address: `Sevastopol Road`. */
export function isNamedAfter({
  text,
  start,
  end,
}: {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}): boolean {
  const before = folded(text.slice(0, start));
  const behind = folded(text.slice(end));
  return isOfStreet({ kind: "ship", words: countWords(text.slice(start, end)), before, behind }, withinAddresses);
}

/** What a place may be called after: people, ships' names are those of places, and firms may be called after either. */
type NamedKind = "person" | "ship" | "beginning of a firm" | "firm";

function kindOf(type: DesignationType, reasons: NameMatch["reasons"]): NamedKind {
  if (type === "PERSON") return "person";
  if (type === "VESSEL" || type === "AIRCRAFT") return "ship";
  return reasons.some(({ kind }) => kind === "unmatched-in-list") ? "beginning of a firm" : "firm";
}

/** A listed name in a text, and what stands around it, folded. */
interface Part {
  readonly kind: NamedKind;
  readonly words: number;
  readonly before: string;
  readonly behind: string;
}

function isOfStreet({ kind, words, before, behind }: Part, shapes: Shapes): boolean {
  if (words > (kind === "firm" ? 1 : MOST_WORDS_OF_STREET)) return false;
  return (
    shapes.before.test(before) ||
    (shapes.begins.test(before) && behindWord.test(behind)) ||
    (shapes.eitherBefore.test(before) && ends.test(behind)) ||
    (shapes.begins.test(before) && eitherBehind.test(behind))
  );
}

function isOfTown(part: Part, place: ScreenableField["place"]): boolean {
  const { kind, words, before } = part;
  switch (kind) {
    case "person":
      return words === 1 && isAlone(part, place);
    case "beginning of a firm":
      return words <= 2 && isAlone(part, place);
    case "firm":
      return false;
    case "ship":
      if (shipBefore.test(before)) return false;
      return (words === 1 && place !== null) || ((words === 1 || place === "town") && isAlone(part, place));
  }
}

/** A town is nothing but its name; elsewhere marks part it from the rest. */
function isAlone({ before, behind }: Part, place: ScreenableField["place"]): boolean {
  if (place === "town") return isBlank(before) && isBlank(behind);
  return place === "address"
    ? partBegins.test(before) && partEnds.test(behind)
    : partOfNameBegins.test(before) && partOfNameEnds.test(behind);
}

function isBlank(text: string): boolean {
  return !/[\p{L}\p{N}]/u.test(text);
}

function countWords(part: string): number {
  return (
    folded(part)
      .replaceAll(smallWord, " ")
      .match(/[\p{L}\p{N}]+/gu)?.length ?? 1
  );
}

/** Small letters without accents; only its ends are looked at, so that places need not stay. */
function folded(text: string): string {
  return text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase().replaceAll("ß", "ss").replaceAll("ı", "i");
}

function anyOf(groups: Readonly<Record<string, string>>): string {
  return Object.values(groups).map(folded).join("|");
}

const WORD_BEGINS = "(?<![\\p{L}\\p{N}])";
const WORD_ENDS = "(?![\\p{L}\\p{N}])";
const GAP = "[\\s.'\u2019-]";
/** Titles between a street's word, or where it begins, and its name. */
const TITLES = `(?:${WORD_BEGINS}(?:${folded(`${titles}|${nearWords}`)})${GAP}+)*`;
/** Words that hyphens join with the name: `Ahmad-Shah-Massoud-Straße` is one street. */
const CHAIN_BEFORE = "(?:[\\p{L}\\p{N}]+-)*";
const CHAIN_BEHIND = "(?:-[\\p{L}\\p{N}]+)*-";
/** A mark, or a number of a house with or without a letter. */
const MARK = "(?:[^\\p{L}\\p{M}\\s.'\u2019-]|[0-9][a-z])";

const smallWord = new RegExp(`${WORD_BEGINS}(?:${folded(smallWords)})${WORD_ENDS}`, "gu");

type Shapes = ReturnType<typeof shapesAfter>;

function shapesAfter(beginning: string, beforeStreet: string) {
  const begins = `${beginning}[\\s.]*`;
  return {
    begins: new RegExp(`${begins}${TITLES}${CHAIN_BEFORE}$`, "u"),
    before: new RegExp(`${beforeStreet}${WORD_BEGINS}(?:${anyOf(placeWords.before)})${GAP}+${TITLES}$`, "u"),
    eitherBefore: new RegExp(`${begins}${WORD_BEGINS}(?:${anyOf(placeWords.either)})${GAP}+${TITLES}$`, "u"),
  };
}

/** The street of an address may begin where its text begins; a name's field begins with the name. */
const withinAddresses = shapesAfter(`(?:^|${MARK})`, "");
const withinNames = shapesAfter(MARK, `${MARK}[\\s.]*`);
const behindWord = new RegExp(`^(?:${GAP}+|${CHAIN_BEHIND})(?:${anyOf(placeWords.behind)})${WORD_ENDS}`, "u");
const eitherBehind = new RegExp(`^${GAP}+(?:${anyOf(placeWords.either)})${WORD_ENDS}[\\s.]*(?:$|${MARK})`, "u");
const ends = new RegExp(`^[\\s.]*(?:$|${MARK}|(?:${numberWords})${WORD_ENDS})`, "u");
/**
 * The one word of a street that is found as part of the name behind it, for it is a particle, too. Any other that stands in what was
 * found is of the listed name: somebody is called Matar.
 */
const streetWordTakenIn = new RegExp(`^ul${GAP}+`, "u");

const shipBefore = new RegExp(`${WORD_BEGINS}(?:${shipWords})[\\s.:'"]*$`, "u");
const partBegins = new RegExp(`(?:^|${PARTS.address}|[0-9])\\s*$`, "u");
const partEnds = new RegExp(`^\\s*(?:$|${PARTS.address}|[0-9])`, "u");
const partOfNameBegins = new RegExp(`${PARTS.name}\\s*$`, "u");
const partOfNameEnds = new RegExp(`^\\s*(?:$|${PARTS.name}|[0-9])`, "u");
