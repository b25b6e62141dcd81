/** ISO 3166-1 alpha-2, and Kosovo's code, which ISO 9362 uses, too. */
const countries =
  "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH " +
  "CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN " +
  "GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI " +
  "LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM " +
  "PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD " +
  "TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW XK";

const isCountry = new Uint8Array(26 * 26);
for (const code of countries.split(" ")) isCountry[pair(code.charCodeAt(0), code.charCodeAt(1))] = 1;

/** Place of two ASCII letters of either case among all pairs. */
function pair(first: number, second: number): number {
  return ((first & 0xdf) - 65) * 26 + ((second & 0xdf) - 65);
}

/** Whether the two characters from `at` on are a country's code, in either case. */
export function isCountryAt(text: string, at: number): boolean {
  const first = text.charCodeAt(at);
  const second = text.charCodeAt(at + 1);
  return isLetter(first) && isLetter(second) && isCountry[pair(first, second)] === 1;
}

function isLetter(unit: number): boolean {
  return (unit >= 65 && unit <= 90) || (unit >= 97 && unit <= 122);
}

/** Whether capitals and digits are built like a BIC (ISO 9362) of 8 or 11, or of 12 as in a message's header, of some country. */
export function looksLikeBic(code: string): boolean {
  return /^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3,4})?$/.test(code) && isCountryAt(code, 4);
}
