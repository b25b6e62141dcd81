const SHORTEST = 20;
const LONGEST = 130;

/** BIP 173: one part of letters, a 1, and characters that cannot be confused; all of one case. */
const bech32 = /^[a-z]{1,12}1[ac-hj-np-z02-9]{6,}$/;
const cashAddress = /^[qp][ac-hj-np-z02-9]{41}$/;
const base58 = /^[1-9A-HJ-NP-Za-km-z]+$/;

/**
 * A wallet's address as it is compared, or null for what cannot be one. Hexadecimal, bech32 and CashAddr addresses mean
 * the same in either case and are lowered; base58 ones differ by case and stay as they are. The scheme of a payment
 * link (`bitcoin:…?amount=1`) is no part of the address.
 */
export function walletAddress(value: string): string | null {
  const address = value
    .trim()
    .replace(/^[a-z]{3,16}:/i, "")
    .replace(/\?.*$/s, "");
  if (address.length < SHORTEST || address.length > LONGEST || !/^[0-9A-Za-z]+$/.test(address)) return null;
  const lower = address.toLowerCase();
  if (/^0x[0-9a-f]+$/.test(lower)) return lower;
  if (/^[0-9a-f]{40}$/.test(lower)) return `0x${lower}`;
  const oneCase = address === lower || address === address.toUpperCase();
  if (oneCase && (bech32.test(lower) || cashAddress.test(lower))) return lower;
  return address;
}

/** Whether a run of letters and digits has the shape of a wallet's address, so that it is worth asking for. */
export function looksLikeWallet(run: string): boolean {
  if (run.length < 25 || run.length > LONGEST) return false;
  return base58.test(run) || walletAddress(run) !== run;
}
