import { decimalToString, type Party, type Payment, type Remittance } from "@cordon/schemas";

/** What of an event tells whether another one is the same payment, and what of it can be stripped. */
export interface PaymentFacts {
  /** Keys that two events of one payment share, each with the word that tells why. */
  readonly keys: readonly PaymentKey[];
  /** Names of parties, of holders of accounts and of agents, as they were received. */
  readonly names: readonly string[];
  /** Every other text that a person can write, likewise. */
  readonly texts: readonly string[];
  /** Accounts and what else identifies who pays and who is paid; may be empty. */
  readonly payer: readonly string[];
  readonly payee: readonly string[];
}

export interface PaymentKey {
  readonly word: string;
  readonly key: string;
  /**
   * Whether it is the same payment though it goes to another account. Firms write "SALARY" and one line for all whom they pay: only an id
   * that tells payments apart is.
   */
  readonly tellsApart: boolean;
}

/** References that say that there is none, and ones too short to tell anything apart. */
const noReference = /^(?:NOT ?PROVIDED|NONREF|NONE|N ?A|0+|X+|TEST|)$/;
const shortestReference = 4;
/** A line that stands for nothing by itself: rent, salary, invoice without a number. */
const manyDigits = /(?:\d ?){4}/;
const tellingLine = /(?=.*\d).{6,}/;

/**
 * The keys: a UETR by itself; end-to-end and instruction ids, both accounts, or an account and a line that has a number, each with the
 * amount. None of them is a name: those are what is changed.
 */
export function factsOfPayment(payment: Payment): PaymentFacts {
  const { parties, agents, remittanceInformation, instructions, regulatoryReporting, purpose, uetr } = payment;
  const amount = amountOf(payment.money);
  const keys: PaymentKey[] = [];
  if (uetr !== null && plain(uetr) !== "") keys.push({ word: "uetr", key: `u ${plain(uetr)}`, tellsApart: true });
  for (const [word, text] of [
    ["end-to-end-id", payment.endToEndId],
    ["instruction-id", payment.instructionId],
  ] as const)
    if (isReference(text))
      keys.push({ word, key: `${word} ${plain(text)} ${amount}`, tellsApart: manyDigits.test(plain(text)) });
  const debtor = accountOf(parties, ["DEBTOR", "INITIATING_PARTY"]);
  const creditor = accountOf(parties, ["CREDITOR"]);
  if (debtor !== null && creditor !== null)
    keys.push({ word: "accounts", key: `a ${debtor} ${creditor} ${amount}`, tellsApart: false });
  for (const account of [debtor, creditor])
    for (const line of remittanceInformation)
      if (account !== null && tellingLine.test(plain(line)))
        keys.push({ word: "account-and-reference", key: `r ${account} ${plain(line)} ${amount}`, tellsApart: false });
  return {
    keys,
    payer: debtor === null ? [] : [debtor],
    payee: creditor === null ? [] : [creditor],
    names: [
      ...parties.flatMap(namesOf),
      ...agents.flatMap(({ name, account }) => [name, account?.name ?? null]),
    ].filter(isText),
    texts: [
      ...remittanceInformation,
      ...instructions,
      ...regulatoryReporting,
      purpose,
      ...parties.flatMap(textsOf),
    ].filter(isText),
  };
}

/** A remittance mostly has no account: who sends, by an identifier, a contact or an account, and who receives, likewise. */
export function factsOfRemittance(remittance: Remittance): PaymentFacts {
  const { sender, beneficiary, message, relationship, purpose, collectionAgent, payoutAgent } = remittance;
  const amount = `${amountOf(remittance.sendMoney)} ${remittance.toCountry}`;
  const keys: PaymentKey[] = [];
  for (const from of tokensOf(sender))
    for (const to of tokensOf(beneficiary))
      keys.push({ word: "sender-and-beneficiary", key: `m ${from} ${to} ${amount}`, tellsApart: false });
  for (const token of [...tokensOf(sender), ...tokensOf(beneficiary)])
    for (const line of message)
      if (tellingLine.test(plain(line)))
        keys.push({ word: "account-and-reference", key: `r ${token} ${plain(line)} ${amount}`, tellsApart: false });
  const agents = [collectionAgent, payoutAgent].flatMap((agent) => [agent?.name ?? null, agent?.account?.name ?? null]);
  return {
    keys,
    payer: tokensOf(sender),
    payee: tokensOf(beneficiary),
    names: [...[sender, beneficiary].flatMap(namesOf), ...agents].filter(isText),
    texts: [...message, relationship, purpose, ...[sender, beneficiary].flatMap(textsOf)].filter(isText),
  };
}

function isText(text: string | null): text is string {
  return text !== null && text !== "";
}

function isReference(text: string | null): text is string {
  if (text === null) return false;
  const reference = plain(text);
  return reference.length >= shortestReference && !noReference.test(reference);
}

function amountOf({ amount, currency }: Payment["money"]): string {
  return `${decimalToString(amount)} ${currency.toUpperCase()}`;
}

function accountOf(parties: readonly Party[], roles: readonly string[]): string | null {
  const account = parties.find(({ role, account: one }) => roles.includes(role) && one !== null)?.account?.value;
  const text = account === undefined ? "" : plain(account).replaceAll(" ", "");
  return text === "" ? null : text;
}

function tokensOf({ account, identifiers, contact }: Party): readonly string[] {
  return [account?.value ?? null, ...identifiers.map(({ value }) => value), contact]
    .filter(isText)
    .map((text) => plain(text).replaceAll(" ", ""))
    .filter((text) => text.length >= shortestReference);
}

function namesOf({ name, account }: Party): readonly (string | null)[] {
  return [name, account?.name ?? null];
}

function textsOf({ address, birthPlace, contact }: Party): readonly (string | null)[] {
  if (address === null) return [birthPlace, contact];
  const { town, street, lines, region } = address;
  return [birthPlace, contact, town, street, region, ...lines];
}

/** One text for texts that differ only in case, accents, signs and spaces: a bank between writes them otherwise. */
export function plain(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
