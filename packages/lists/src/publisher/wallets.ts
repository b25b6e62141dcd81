/** The publishers' codes of currencies by the words that prose has for them. OFAC writes XBT for bitcoin. */
const currencies: ReadonlyMap<string, string> = new Map(
  Object.entries({
    bitcoin: "XBT",
    btc: "XBT",
    xbt: "XBT",
    ethereum: "ETH",
    ether: "ETH",
    eth: "ETH",
    tether: "USDT",
    usdt: "USDT",
    usdc: "USDC",
    tron: "TRX",
    trx: "TRX",
    monero: "XMR",
    xmr: "XMR",
    litecoin: "LTC",
    ltc: "LTC",
    ripple: "XRP",
    xrp: "XRP",
    dogecoin: "DOGE",
    doge: "DOGE",
    dash: "DASH",
    zcash: "ZEC",
    zec: "ZEC",
    solana: "SOL",
    sol: "SOL",
    bnb: "BNB",
    bsc: "BSC",
    arb: "ARB",
    bch: "BCH",
    bsv: "BSV",
    btg: "BTG",
    etc: "ETC",
    xvg: "XVG",
  }),
);

const base58 = "1-9A-HJ-NP-Za-km-z";

/** Forms that tell themselves, and whose they are unless the text names another currency before them. */
const forms: readonly (readonly [currency: string, form: string])[] = [
  ["ETH", String.raw`0x[\da-fA-F]{40}`],
  ["XBT", String.raw`bc1[ac-hj-np-z02-9]{11,71}`],
  ["LTC", String.raw`ltc1[ac-hj-np-z02-9]{11,71}`],
  ["XMR", `[48][${base58}]{94}`],
  ["TRX", `T[${base58}]{33}`],
  ["XBT", `[13][${base58}]{25,34}`],
];

const anyForm = new RegExp(
  String.raw`(?<![\dA-Za-z])(?:${forms.map(([, form]) => `(${form})`).join("|")})(?![\dA-Za-z])`,
  "g",
);

/** A currency's name shortly before an address, with `address`, `wallet`, punctuation between. */
const named = /([A-Za-z]{3,9})(?:[\s:()-]|\b(?:wallets?|address(?:es)?|digital|currency|account|number)\b)*$/i;

/** An address behind words that say so, of a form that no rule knows. */
const labelled =
  /(?:digital|virtual|crypto)[ -]?currency (?:wallet )?address(?:es)?\s{0,2}[-–:]?\s{0,2}([A-Za-z]{3,5})\s{1,2}([\dA-Za-z:]{20,110})(?![\dA-Za-z])/gi;

export interface ProseWallet {
  readonly value: string;
  readonly currency: string;
  /** Where it stands in the text. */
  readonly from: number;
}

/** The publishers' code of a currency named in any of its ways; null for a word that names none. */
export function walletCurrency(word: string): string | null {
  return currencies.get(word.toLowerCase()) ?? null;
}

/** Base58 has digits and both cases: a run of one case is a word, unless its beginning tells what it is. */
function isAddress(value: string): boolean {
  return /^(?:0x|bc1|ltc1)/.test(value) || [/\d/, /[a-z]/, /[A-Z]/].every((part) => part.test(value));
}

/** The wallets in a text, by their form, each with the currency the text names before it or else its form's own. */
export function walletInProse(text: string): readonly ProseWallet[] {
  const found = new Map<number, ProseWallet>();
  for (const match of text.matchAll(labelled)) {
    const [whole, word = "", value = ""] = match;
    found.set(match.index + whole.length - value.length, {
      value,
      currency: walletCurrency(word) ?? word.toUpperCase(),
      from: match.index + whole.length - value.length,
    });
  }
  for (const match of text.matchAll(anyForm)) {
    const form = forms.findIndex((_, at) => match[at + 1] !== undefined);
    const [value] = match;
    if (found.has(match.index) || !isAddress(value)) continue;
    const word = named.exec(text.slice(Math.max(0, match.index - 48), match.index))?.[1] ?? "";
    found.set(match.index, { value, currency: walletCurrency(word) ?? forms[form]?.[0] ?? "", from: match.index });
  }
  return [...found.values()].toSorted((a, b) => a.from - b.from);
}
