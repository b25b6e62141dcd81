import { compareTexts } from "../src/index.ts";

/** How alike two names of persons are, 0 to 100; 0 where one of them cannot be compared. */
export function scoreOf(payment: string, listed: string): number {
  const compared = compareTexts(payment, listed, "PERSON");
  return compared.kind === "compared" ? compared.score / 100 : 0;
}
