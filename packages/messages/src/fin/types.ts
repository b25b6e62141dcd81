import { refused } from "../message-error.ts";
import type { FinBlocks } from "./blocks.ts";
import { inSequence, type FinField, type LooseField } from "./field.ts";
import type { FinHeaders } from "./headers.ts";

/** What a message is of, and what its fields mean. */
export type FinKind = "customer" | "bank" | "cover" | "request" | "free" | "credit";

export interface FinType {
  /** `MT202COV`. */
  readonly format: string;
  readonly kind: FinKind;
  /** Tags that the type has in the sequence; null: any. */
  readonly tags: (sequence: "A" | "B") => ReadonlySet<string> | null;
}

const set = (text: string): ReadonlySet<string> => new Set(text.split(" "));

const customer = set(
  "20 13C 23B 23E 26T 32A 33B 36 50A 50F 50K 51A 52A 52D 53A 53B 53D 54A 54B 54D 55A 55B 55D 56A 56C 56D " +
    "57A 57B 57C 57D 59 59A 59F 70 71A 71F 71G 72 77B",
);
/** Agents by their BIC alone. */
const straight = set(
  "20 13C 23B 23E 26T 32A 33B 36 50A 50F 50K 52A 53A 53B 54A 55A 56A 57A 59 59A 59F 70 71A 71F 71G 72 77B",
);
const extended = new Set([...customer, "77T"]);
const bank = set("20 21 13C 32A 52A 52D 53A 53B 53D 54A 54B 54D 56A 56D 57A 57B 57D 58A 58D 72");
const underlying = set("50A 50F 50K 52A 52D 56A 56C 56D 57A 57B 57C 57D 59 59A 59F 70 72 33B");
const order = set("20 21R 28D 50C 50L 50F 50G 50H 52A 52C 51A 30 25");
const ordered = set(
  "21 21F 23E 32B 50C 50L 50F 50G 50H 52A 52C 56A 56C 56D 57A 57C 57D 59 59A 59F 70 77B 33B 71A 25A 36",
);
const credit = set("20 21 25 25P 13D 32A 50A 50F 50K 52A 52D 56A 56D 72");

const sameIn = (tags: ReadonlySet<string> | null) => () => tags;
const twoParts = (a: ReadonlySet<string>, b: ReadonlySet<string>) => (sequence: "A" | "B") =>
  sequence === "A" ? a : b;

/** By the number of the header, the flag of block 3, and for covers and messages without headers by what fields there are. */
export function typeOf(headers: FinHeaders, blocks: FinBlocks): FinType {
  const flag = blocks.user.get("119")?.value.trim() ?? "";
  const number = headers.type ?? typeByFields(blocks.fields);
  const hasCustomer = blocks.fields.some((field) => field.number === "50");
  if (number === "103") {
    if (flag === "STP") return { format: "MT103STP", kind: "customer", tags: sameIn(straight) };
    if (flag === "REMIT") return { format: "MT103REMIT", kind: "customer", tags: sameIn(extended) };
    return { format: "MT103", kind: "customer", tags: sameIn(customer) };
  }
  if (number === "202" || number === "205") {
    if (flag === "COV" || hasCustomer)
      return { format: `MT${number}COV`, kind: "cover", tags: twoParts(bank, underlying) };
    return { format: `MT${number}`, kind: "bank", tags: sameIn(bank) };
  }
  if (number === "101") return { format: "MT101", kind: "request", tags: twoParts(order, ordered) };
  if (number === "910") return { format: "MT910", kind: "credit", tags: sameIn(credit) };
  if (number !== null && /^[1-9]9[2569]$/.test(number))
    return { format: `MT${number}`, kind: "free", tags: sameIn(null) };
  throw refused(
    "MESSAGE_UNSUPPORTED",
    number === null ? "a message of no type that is read" : `MT${number} is not read`,
    { offset: blocks.offset, line: blocks.line },
  );
}

/** Of a text block without headers. An MT205 looks like an MT202. */
function typeByFields(fields: readonly LooseField[]): string | null {
  const numbers = new Set(fields.map(({ number }) => number));
  const tags = new Set(fields.map(({ tag }) => tag));
  if (tags.has("28D") && numbers.has("59")) return "101";
  if (tags.has("32A") && numbers.has("58")) return "202";
  if (tags.has("32A") && numbers.has("59")) return "103";
  if (tags.has("79")) return "199";
  return null;
}

/** The sequences of a message: what stands once for all its transactions, and each of those. */
export interface Sequences {
  readonly shared: readonly FinField[];
  /** One, empty, where the message is the transaction. */
  readonly transactions: readonly (readonly FinField[])[];
}

/** B begins at the first customer of a cover, and at each `:21:` of a request. */
export function sequencesOf({ kind }: FinType, fields: readonly LooseField[]): Sequences {
  if (kind === "cover") {
    const from = fields.findIndex(({ number }) => number === "50");
    const until = from < 0 ? fields.length : from;
    return {
      shared: inSequence(fields.slice(0, until), ""),
      transactions: [inSequence(fields.slice(until), "B.")],
    };
  }
  if (kind !== "request") return { shared: inSequence(fields, ""), transactions: [[]] };
  const starts = fields.flatMap(({ tag }, i) => (tag === "21" ? [i] : []));
  const transactions = starts.map((from, i) =>
    inSequence(fields.slice(from, starts[i + 1] ?? fields.length), `B[${String(i)}].`),
  );
  return { shared: inSequence(fields.slice(0, starts[0] ?? fields.length), ""), transactions };
}
