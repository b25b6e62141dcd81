const SHORTEST = 20;
/** Unified addresses of Zcash are the longest. */
const LONGEST = 220;

/** BIP 173: one part of letters, a 1, and characters that cannot be confused; all of one case. */
const bech32 = /^[a-z]{1,12}1[ac-hj-np-z02-9]{6,}$/;
const cashAddress = /^[qp][ac-hj-np-z02-9]{41}$/;
/** A friendly address of TON: base64url of a tag, a chain, 32 bytes and a checksum. Two tags say one account. */
const friendly = /^[EUk0][Qf][A-Za-z0-9_-]{46}$/;

/**
 * A wallet's address as it is compared, or null for what cannot be one. Hexadecimal, bech32 and CashAddr addresses mean
 * the same in either case and are lowered; base58 ones differ by case and stay as they are. The scheme of a payment
 * link (`bitcoin:…?amount=1`), its chain (`@1`), a destination tag behind a colon and a network's name are no part of the address.
 */
export function walletAddress(value: string): string | null {
  const address = value
    .trim()
    .replace(/^[a-z][a-z0-9+-]{1,15}:(?:\/\/)?/i, "")
    .replace(/[?:@\s(].*$/s, "");
  if (address.length < SHORTEST || address.length > LONGEST) return null;
  if (friendly.test(address)) return accountOfTon(address);
  if (!/^[0-9A-Za-z]+$/.test(address)) return null;
  const lower = address.toLowerCase();
  if (/^0x[0-9a-f]+$/.test(lower)) return lower;
  if (/^[0-9a-f]{40}$/.test(lower)) return `0x${lower}`;
  const oneCase = address === lower || address === address.toUpperCase();
  if (oneCase && (bech32.test(lower) || cashAddress.test(lower))) return lower;
  return address;
}

/** The account's own part: the tag in front and the checksum behind differ between ways of writing it. */
function accountOfTon(address: string): string {
  return `ton ${address.slice(2, 45).replaceAll("-", "+").replaceAll("_", "/")}`;
}

const base58 = /^[1-9A-HJ-NP-Za-km-z]+$/;

/** Whether a run of letters and digits in a list's cell of something else has the shape of a wallet's address. */
export function looksLikeWallet(run: string): boolean {
  if (run.length < 25 || run.length > LONGEST) return false;
  return base58.test(run) || hasOneCase(run.toLowerCase()) || walletAddress(run) !== run;
}

/** Of a form whose letters are of one case, which is how most lists have them. */
function hasOneCase(lower: string): boolean {
  return /^0x[0-9a-f]{40,64}$/.test(lower) || bech32.test(lower) || cashAddress.test(lower);
}

/** Tickers, networks and words that are glued to an address. */
const glued =
  /^(?:btc|xbt|eth|etc|usdt|usdc|trx|tron|xrp|ltc|bch|bsv|btg|dash|zec|xmr|sol|bnb|ada|ton|doge|xvg|arb|matic|wallet|address|addr|erc20|trc20|bep20)/i;

/**
 * What may be addresses in a run of letters, digits, and the marks of base64url: the run itself, and what is left without a word in
 * front. Any run that is long enough is worth asking for: each network has a shape of its own, and new ones come.
 */
export function walletIn(run: string): readonly string[] {
  if (run.length < SHORTEST || run.length > LONGEST) return [];
  const rest = run.replace(glued, "");
  const hexadecimal = /.0x[0-9a-f]{40,64}$/i.exec(run);
  return [run, ...(rest === run ? [] : [rest]), ...(hexadecimal === null ? [] : [run.slice(hexadecimal.index + 1)])];
}
