import { isTaxpayerNumber } from "./register-check-digits.ts";

const year = String.raw`(?:1[3-9]|20)\d\d`;
const dayOrMonth = String.raw`(?:0?[1-9]|[12]\d|3[01])`;
/** The beginnings of the months in the languages that publishers and registers write in. */
const month =
  "(?:jan|ene|янв|feb|fév|fev|фев|mar|mär|мар|apr|avr|abr|апр|may|mai|maj|мая|май|jun|juin|июн|jul|juil|июл|aug|août|aou|ago|авг|" +
  String.raw`sep|set|сен|oct|okt|out|окт|nov|ноя|dec|déc|dez|dic|дек)\p{L}{0,9}`;
const alone = (pattern: string): RegExp => new RegExp(String.raw`(?<!\d|\d[/.-])(?:${pattern})(?!\d|[/.-]\d)`, "giu");

/** What stands in a cell of numbers and is none; each goes with the words that make it so. */
const noNumbers: readonly RegExp[] = [
  alone(String.raw`${dayOrMonth}\s?([/.-])\s?${dayOrMonth}\s?\1\s?${year}(?:\s?(?:AH|H)(?!\p{L}))?`),
  alone(String.raw`${year}\s?([/.-])\s?(?:0?[1-9]|1[0-2])\s?\1\s?${dayOrMonth}`),
  alone(
    String.raw`(?:${dayOrMonth}(?:st|nd|rd|th)?[\s./-]{0,2}(?:of\s|de\s)?)?(?<!\p{L})${month}[\s.,/-]{0,3}(?:de\s)?${year}`,
  ),
  alone(String.raw`(?<!\p{L})${month}[\s.]{0,2}${dayOrMonth}(?:st|nd|rd|th)?,?\s${year}`),
  alone(String.raw`${year}\s?[-–/]\s?${year}`),
  // Behind a word that says so, a date in any form.
  /(?<!\p{L})(?:dated?|issued|issue|expir\p{L}{1,4}|valid|since|born|dob|от)(?:\s(?:of|on|from|to|until|by|date)){0,2}[\s:.]{1,3}(?:\d{1,2}[\s./-]\d{1,2}[\s./-]\d{2,4}|[0-3]\d[01]\d(?:19|20)\d\d|(?:19|20)\d\d[01]\d[0-3]\d)(?!\d)/giu,
  // Shares, sums of money.
  /\d{1,3}(?:[.,]\d{1,6})?\s?(?:%|percent\b)/giu,
  /[$€£¥₽]\s?\d[\d.,]{0,20}/gu,
  // Articles and numbers of laws.
  /(?<!\p{L})(?:federal\s)?(?:law|act|article|art\.|regulation|resolution|decree|directive|executive order|section|§|закон\p{L}{0,3}|указ\p{L}{0,3}|стать\p{L}{1,2})\s{0,2}(?:\((?:EU|EC|EEC|UE|CE|CFSP)\)\s?)?(?:no|nr|n|№)?[.°º]?\s{0,2}\d{1,5}(?:[-/]\d{1,4})?(?:[-/]?(?:FZ|ФЗ|EU|EC|CFSP))?(?![\p{L}\d])/giu,
  // The reason code of a Russian taxpayer tells a tax office, which many firms share.
  /(?:KPP|PPC|КПП|(?:tax )?registration reason code)\s{0,2}(?:codes?|nos?|numbers?)?[\s.:#№=–-]{0,5}\d{4}[\dA-Z]{2}\d{3}(?!\d)/giu,
];

const taxpayerAndReason = /(?<!\d)(\d{10})(\s?\/\s?)\d{4}[\dA-Z]{2}\d{3}(?![\dA-Z])/g;

/**
 * The text with a semicolon, over which no number goes, for all that is no number of anybody's: dates, spans of years,
 * shares, sums, laws, and codes that many share.
 */
export function withoutNoNumbers(text: string): string {
  let rest = text.replaceAll(taxpayerAndReason, (whole: string, taxpayer: string) =>
    isTaxpayerNumber(taxpayer) ? `${taxpayer} ; ` : whole,
  );
  for (const pattern of noNumbers) rest = rest.replaceAll(pattern, " ; ");
  return rest;
}
