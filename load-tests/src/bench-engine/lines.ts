import { mixWith, type Random, seededRandom } from "@cordon/simulator";

/** Characters of every line. */
const LINE_LENGTH = 140;

/** What senders write, `#` for a number and `@` for a name of the stream. */
const phrases = [
  "Payment for invoice # dated #.#.2025",
  "Rent March #, flat # B",
  "Salary @",
  "Order # / delivery note # / @",
  "Thank you for the birthday present, love to @ and the children",
  "INV# PO# CUSTOMER # ATTN @",
  "School fees for @, second term",
  "Donation, family support, @ and @",
  "Consulting services as per contract # of 2024 between @ and @",
  "Ref #-#/#",
  "Hotel and travel expenses # nights, conference, receipts attached",
  "Remboursement facture # virement @",
  "Miete # Wohnung # @",
] as const;

/** `count` lines of free text of 140 characters each, made of common phrases and of the names of a stream in turn. */
export function textLines(names: readonly string[], count: number): readonly string[] {
  let next = 0;
  return Array.from({ length: count }, (_, at) => {
    const random = seededRandom(mixWith(31, at));
    let line = "";
    while (line.length < LINE_LENGTH) {
      const phrase = random
        .pick(phrases)
        .replaceAll("#", () => number(random))
        .replaceAll("@", () => names[next++ % names.length] ?? "");
      line += line === "" ? phrase : `, ${phrase}`;
    }
    return Buffer.from(line.slice(0, LINE_LENGTH), "utf8").toString("utf8");
  });
}

function number(random: Random): string {
  return String(1 + random.below(random.oneIn(2) ? 30 : 100_000));
}
