/** Whether seven digits end in the check digit of a ship's IMO number: the others times 7 to 2, modulo 10 (IMO A.1117). */
export function isShipNumber(digits: string): boolean {
  if (!/^[0-9]{7}$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < 6; i++) sum += Number(digits.charAt(i)) * (7 - i);
  return sum % 10 === Number(digits.charAt(6));
}

/**
 * Remainder by 97 of a code of capitals and digits, letters read as 10 to 35. It is 1 for an LEI (ISO 17442), and for
 * an IBAN (ISO 13616) whose first four characters were moved to its end.
 */
function remainderBy97(code: string): number {
  let remainder = 0;
  for (let i = 0; i < code.length; i++) {
    const unit = code.charCodeAt(i);
    const value = unit < 58 ? unit - 48 : unit - 55;
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder;
}

/** Capitals and digits in. */
export function isLei(code: string): boolean {
  return /^[A-Z0-9]{18}[0-9]{2}$/.test(code) && remainderBy97(code) === 1;
}

/** Capitals and digits in. */
export function isIban(code: string): boolean {
  return /^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$/.test(code) && remainderBy97(code.slice(4) + code.slice(0, 4)) === 1;
}

/** The sum of the digits, each times its weight. */
function weighted(digits: string, weights: readonly number[]): number {
  let sum = 0;
  for (const [i, weight] of weights.entries()) sum += (digits.charCodeAt(i) - 48) * weight;
  return sum;
}

const innWeights = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];

/** Whether 10 or 12 digits are a Russian INN: its last digit, or the last two, are weighted sums modulo 11 modulo 10. */
export function isInn(digits: string): boolean {
  if (!/^(?:[0-9]{10}|[0-9]{12})$/.test(digits)) return false;
  const checked = digits.length === 10 ? [9] : [10, 11];
  return checked.every((at) => (weighted(digits, innWeights.slice(11 - at)) % 11) % 10 === Number(digits.charAt(at)));
}

/** Whether 13 or 15 digits are a Russian OGRN or OGRNIP: the number before the last digit modulo 11 or 13, modulo 10. */
export function isOgrn(digits: string): boolean {
  if (!/^(?:[0-9]{13}|[0-9]{15})$/.test(digits)) return false;
  const last = digits.length - 1;
  return (Number(digits.slice(0, last)) % (last - 1)) % 10 === Number(digits.charAt(last));
}

/** Whether 18 characters are a Chinese unified social credit code (GB 32100): weights are powers of 3 modulo 31. */
export function isSocialCreditCode(code: string): boolean {
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code)) return false;
  const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  let sum = 0;
  for (let i = 0, weight = 1; i < 17; i++, weight = (weight * 3) % 31) sum += alphabet.indexOf(code.charAt(i)) * weight;
  return alphabet.charAt((31 - (sum % 31)) % 31) === code.charAt(17);
}
