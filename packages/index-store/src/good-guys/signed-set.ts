import { createHash } from "node:crypto";

import { canonicalJson, signDocument, type Signer, type Verifier, verifyDocument } from "@cordon/signing";
import { z } from "zod";

/** A good guy as it is published: see `GoodGuy` of the decisions. */
const goodGuySchema = z.strictObject({
  id: z.string().min(1).max(100),
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
  designationId: z.string().min(1).max(500),
  designationHash: z.string().regex(/^[0-9a-f]{64}$/),
  topics: z.array(z.string().max(300)).max(100),
  rails: z.array(z.string().max(100)).max(100),
  expiresAt: z.int().nonnegative(),
});

const setSchema = z.strictObject({ format: z.literal(1), goodGuys: z.array(goodGuySchema).max(1_000_000) });

export type PublishedGoodGuy = z.infer<typeof goodGuySchema>;

const documentSchema = z.object({
  generation: z.int().nonnegative(),
  version: z.string().regex(/^[0-9a-f]{64}$/),
  /** Milliseconds since the epoch: when the desk last said that the set is so. */
  checkedAt: z.int().nonnegative(),
});

export type GoodGuysDocument = z.infer<typeof documentSchema>;

/** The bytes of a set, and its version: the same good guys give the same, in whichever order they come. */
export function encodeGoodGuys(all: readonly PublishedGoodGuy[]): {
  readonly version: string;
  readonly bytes: Uint8Array;
} {
  const goodGuys = all.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const bytes = Buffer.from(canonicalJson({ format: 1, goodGuys }), "utf8");
  return { version: createHash("sha256").update(bytes).digest("hex"), bytes };
}

export function signGoodGuys(signer: Signer, document: GoodGuysDocument): string {
  return JSON.stringify(signDocument(signer, "good-guys", document));
}

/** Why a document or a set is not to be used. */
export type GoodGuysFault = "unreadable" | "untrusted" | "corrupt";

/** What the desk says of the live set; or why it is not to be believed. */
export function openGoodGuysDocument(text: string, verifier: Verifier): GoodGuysDocument | GoodGuysFault {
  const parsed = parsedJson(text);
  if (parsed === undefined) return "unreadable";
  if (verifyDocument(verifier, "good-guys", parsed) !== "good") return "untrusted";
  const read = documentSchema.safeParse(parsed);
  return read.success ? read.data : "unreadable";
}

/** The good guys of a set whose version is that of a document that was believed. */
export function decodeGoodGuys(bytes: Uint8Array, version: string): readonly PublishedGoodGuy[] | GoodGuysFault {
  if (createHash("sha256").update(bytes).digest("hex") !== version) return "corrupt";
  const read = setSchema.safeParse(parsedJson(Buffer.from(bytes).toString("utf8")));
  return read.success ? read.data.goodGuys : "unreadable";
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
