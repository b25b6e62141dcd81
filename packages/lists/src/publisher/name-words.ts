/**
 * Words between two names of one party, as publishers and registers write them. Matched in any case, between spaces or
 * brackets; a dot or a colon may follow.
 */
const turn =
  String.raw`(?:` +
  [
    String.raw`[afn]\.?\s?/?k\.?\s?/?a\b\.?`,
    String.raw`also\s(?:known|listed|spelled|spelt|written|called|named|transliterated|recorded|referred\sto)(?:\sas)?`,
    String.raw`(?:formerly|previously|ex\b)(?:\s(?:known|listed|called|named|registered|operating|trading|spelled))?(?:\s(?:as|under|by)(?:\sthe\snames?(?:\sof)?)?)?`,
    String.raw`(?:now|currently|originally|better|commonly|otherwise|sometimes|possibly|locally)\s(?:known|listed|called|named|registered)(?:\sas)?`,
    String.raw`(?:now|currently|originally|later)(?=\s?:)|(?:is\s)?(?:known|listed)\sas|alias(?:es)?(?:\sof)?|renamed(?:\s(?:to|as))?|name\schanged\s(?:to|from)|`,
    String.raw`(?:trading|doing\sbusiness|operating)\sas|d/?b/?a\b|t/a\b`,
    String.raw`(?:real|true|birth|born|given|maiden|original|full|legal|actual|former|old|new|other|alternative|combat|code|stage|pen)\sname(?:\sis)?`,
    String.raw`nom\sde\sguerre|nickname|pseudonym|kunya|surnom(?:mé)?|dit\b|alias\sname`,
    String.raw`(?:он|она|оно|они)\sже|также\sизвестн\p{L}{1,4}(?:\sкак)?|(?:ранее|прежнее\sназвание|бывш\p{L}{1,3})`,
  ]
    .join("|")
    .replace(/\|\|/, "|") +
  String.raw`)`;

/** A turn with which a bracket begins, and what follows it. */
export const turnAtStart = new RegExp(String.raw`^(?:${turn})(?=$|[\s:.,;“"'«])[\s:.,;]*`, "iu");

/** A turn that stands first in a piece of a list of names. */
export const turnFirst =
  /^(?:[afn]\.?\s?\/?k\.?\s?\/?a\b\.?|(?:formerly|previously)\b(?:\sknown\sas)?|also\sknown\sas)[\s:]+(?=\S)/iu;

/** Turns that stand in a text without brackets: no more than words that are hardly ever a part of a name. */
export const turnBetween = new RegExp(
  String.raw`[\s,(\[]+(?:[afn]\.\s?k\.\s?a\.?|[afn]/k/a|also\s(?:known|listed)\sas|(?:formerly|previously)(?:\s(?:known|listed|called|named|registered)(?:\s(?:as|under|by)(?:\sthe\snames?(?:\sof)?)?)?)?|` +
    String.raw`(?:now|better|commonly|otherwise|originally)\sknown\sas|trading\sas|doing\sbusiness\sas|(?:он|она)\sже)[:.]?\s+`,
  "iu",
);

/** As `turnBetween`, but these may be a name's: `Kouame AKA Jean`. */
export const looseTurn = /\s+\/\s+|\s*\|\s*|\s+[afn]\.?k\.?a\.?:?\s+|\s+alias\s+/iu;

/** Before a woman's former surname. */
export const maiden = /\s*[([]?\s*\b(?:n[ée]e|born\sas)\b\.?\s*[)\]]?\s+/iu;

/** With these begins what is told about a name's bearer: the name is at its end. */
export const endOfName = new RegExp(
  String.raw`[\s,;(\[]+(?:` +
    [
      String.raw`born(?=\s+(?:in|on|at|circa|c\.|ca\.?|about|around|approx\p{L}*|between|\d|\p{L}{3,9}\.?\s\d)|\s*[:,]|\s*$)`,
      String.raw`(?:d\.?o\.?b|p\.?o\.?b)\.?(?=[\s:])|(?:date|place|year|country)\sof\sbirth`,
      String.raw`(?:(?<=[,;(\[]\s{0,2})(?:\p{L}+\s){1,2})?(?:passport|identity\scard|identification\snumber|id\scard|tazkira|national\sid)(?:\s(?:no|nr|number|#)|\s?[:#(]|\s+[A-Z]{0,3}\d)`,
      String.raw`(?:nationality|citizenship|national\sof|citizen\sof)(?=[\s:])`,
      String.raw`(?:deceased|died|killed)(?=\s+(?:in|on|at|circa|\d)|\s*[)\]]?$)`,
    ].join("|") +
    String.raw`)`,
  "iu",
);

/** With these begins who somebody's kin is. */
export const kin =
  /[\s,([]+(?:(?:the\s)?(?:son|daughter|wife|widow|husband|brother|sister|father|mother|nephew|cousin)\sof|[sdw]\/o\.?)\s/iu;

/** The beginning of a bracket that tells about a name and holds none. */
export const remarkInBracket =
  /^(?:combat|birth|false|fake|forged|low|good|weak|strong|deceased|died|killed|born|d\.?o\.?b|passport|id\b|national|identity|spelling|spelt|transliterat|translation|not?\s(?:verified|confirmed)|unconfirmed|possibl[ey]|approximate|phonetic|quality|used|listed|delisted|see\b|as\s(?:of|at)\b|since\b|until\b|date|place)/iu;

/** What publishers write where there is no name. */
const noName =
  /^(?:n[./\\ ]?a\.?|not? (?:available|applicable|known|name|alias(?:es)?|data)|none|nil|null|unknown|tbc|tbd|[-–—.?*/]+)$/iu;

/** Whether a text in the place of a name is a word for none. */
export function isNoName(text: string): boolean {
  return noName.test(text.trim().replaceAll(/^[([“"']+|[)\]”"']+$/gu, ""));
}
