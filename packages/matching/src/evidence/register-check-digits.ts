function weighted(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, at) => sum + weight * Number(digits.charAt(at)), 0);
}

const taxpayerWeights = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8] as const;

/** Russia's INN: 10 digits of an organisation with one check digit, 12 of a person with two. */
export function isTaxpayerNumber(digits: string): boolean {
  const check = (length: number): boolean =>
    (weighted(digits, taxpayerWeights.slice(12 - length)) % 11) % 10 === Number(digits.charAt(length - 1));
  if (/^[0-9]{10}$/.test(digits)) return check(10);
  return /^[0-9]{12}$/.test(digits) && check(11) && check(12);
}

/** Russia's OGRN: 13 digits of an organisation, 15 of a trader, the last one the check digit. */
export function isStateRegistration(digits: string): boolean {
  if (!/^(?:[0-9]{13}|[0-9]{15})$/.test(digits)) return false;
  const number = digits.slice(0, -1);
  return (Number(number) % (number.length - 1)) % 10 === Number(digits.charAt(number.length));
}
