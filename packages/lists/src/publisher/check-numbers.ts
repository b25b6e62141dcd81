/** ISO 3166-1 alpha-2, and XK, which banks in Kosovo use. */
const countries = new Set(
  (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ " +
    "CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO " +
    "FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE " +
    "JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO " +
    "MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW " +
    "PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM " +
    "TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW"
  ).split(" "),
);

/** Whether two capital letters are a country's ISO 3166-1 code (or XK). */
export function isCountryCode(code: string): boolean {
  return countries.has(code);
}

/** The sum of digits times weights, in the order of both. */
function weighted(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0);
}

/** Remainder by 97 of the number that letters, as 10 to 35, and digits write (ISO 7064, MOD 97-10). */
function mod97(text: string): number {
  let rest = 0;
  for (const character of text) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
}

/**
 * Seven digits, the last one the check digit: of a ship (IMO Resolution A.1117(30)), or of a company or registered owner
 * (A.1160(32)), whose numbers the lists publish in the same words.
 */
export function isImoNumber(text: string): boolean {
  if (!/^\d{7}$/.test(text)) return false;
  const ship = weighted(text, [7, 6, 5, 4, 3, 2]) % 10;
  const company = (11 - (weighted(text, [8, 6, 4, 2, 9, 7]) % 11)) % 10;
  return ship === Number(text[6]) || company === Number(text[6]);
}

/** Nine digits; those of ships begin with 2 to 7 (ITU-R M.585). */
export function isMmsi(text: string): boolean {
  return /^[2-7]\d{8}$/.test(text);
}

/** ISO 17442: 20 capitals and digits, the last two check digits. */
export function isLei(text: string): boolean {
  return /^[\dA-Z]{18}\d{2}$/.test(text) && mod97(text) === 1;
}

/** ISO 13616: country, check digits, account. */
export function isIban(text: string): boolean {
  return (
    /^[A-Z]{2}\d{2}[\dA-Z]{11,30}$/.test(text) &&
    isCountryCode(text.slice(0, 2)) &&
    mod97(text.slice(4) + text.slice(0, 4)) === 1
  );
}

/** ISO 9362: four letters, a country, two and perhaps three more letters or digits. There is no check digit. */
export function isBic(text: string): boolean {
  return /^[A-Z]{6}[\dA-Z]{2}(?:[\dA-Z]{3})?$/.test(text) && isCountryCode(text.slice(4, 6));
}

const innWeights = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8] as const;

/** Russia's taxpayer number: 10 digits of an organisation with one check digit, 12 of a person with two. */
export function isRussianTaxNumber(text: string): boolean {
  const check = (length: number): boolean =>
    (weighted(text, innWeights.slice(12 - length)) % 11) % 10 === Number(text[length - 1]);
  if (/^\d{10}$/.test(text)) return check(10);
  return /^\d{12}$/.test(text) && check(11) && check(12);
}

/** Russia's state registration number: 13 digits of an organisation, 15 of a trader, the last one a check digit. */
export function isRussianRegistration(text: string): boolean {
  if (!/^(?:\d{13}|\d{15})$/.test(text)) return false;
  const number = text.slice(0, -1);
  return (Number(number) % (number.length - 1)) % 10 === Number(text.at(-1));
}
