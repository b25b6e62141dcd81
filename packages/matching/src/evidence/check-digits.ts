/** Whether seven digits end in the check digit of a ship's IMO number: the others times 7 to 2, modulo 10 (IMO A.1117). */
export function isShipNumber(digits: string): boolean {
  if (!/^[0-9]{7}$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < 6; i++) sum += Number(digits.charAt(i)) * (7 - i);
  return sum % 10 === Number(digits.charAt(6));
}

const companyWeights = [8, 6, 4, 2, 9, 7];

/**
 * Whether seven digits end in the check digit of the IMO number of a ship's company or owner (IMO MSC.160): the others
 * weighted, 11 less the sum modulo 11, modulo 10. Lists give such numbers as IMO numbers, too.
 */
export function isShippingCompanyNumber(digits: string): boolean {
  if (!/^[0-9]{7}$/.test(digits)) return false;
  let sum = 0;
  for (const [i, weight] of companyWeights.entries()) sum += Number(digits.charAt(i)) * weight;
  return (11 - (sum % 11)) % 10 === Number(digits.charAt(6));
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
