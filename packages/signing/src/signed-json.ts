import type { Purpose, Signer, Verdict, Verifier } from "./signature.ts";

/**
 * One text for one JSON value, whoever wrote it: keys in the order of their code units, no spaces, `undefined` left out. So
 * a document may be parsed and written again, by a program that knows fewer of its fields, and its signature still holds.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** Where the signature stands in a signed document. */
export interface Signed {
  readonly signature: string;
}

/** The document with its signature, over every other field. A signature that it has already is replaced. */
export function signDocument<T extends object>(signer: Signer, purpose: Purpose, document: T): T & Signed {
  return { ...document, signature: signer.sign(purpose, contentOf(document)) };
}

/**
 * Whether a document, as `JSON.parse` gave it, is what a signer signed. Look at the parsed text itself and not at what a
 * schema left of it: a field that is not known here was signed, too.
 */
export function verifyDocument(verifier: Verifier, purpose: Purpose, document: unknown): Verdict {
  if (typeof document !== "object" || document === null || Array.isArray(document)) return "unsigned";
  const { signature } = document as { readonly signature?: unknown };
  return verifier.verify(purpose, contentOf(document), signature);
}

function contentOf(document: object): string {
  const { signature: _, ...content } = document as { readonly signature?: unknown };
  return canonicalJson(content);
}

/** A verdict in words that end the sentence "the document …". */
export function spellVerdict(verdict: Exclude<Verdict, "good">): string {
  switch (verdict) {
    case "unsigned":
      return "is not signed";
    case "unknown-key":
      return "is signed by a key that is not accepted here";
    case "altered":
      return "is not what was signed";
  }
}
