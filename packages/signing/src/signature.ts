import { createPublicKey, sign, verify } from "node:crypto";

import { named, privateKeyOf, publicKeysOf } from "./keys.ts";

/** What is signed, so that a signature on one kind of thing is none on another. One per kind of document. */
export type Purpose = "index-manifest" | "list-states" | "good-guys";

export interface Signer {
  /** Which key signs: see `NamedKey`. */
  readonly keyId: string;
  /** `ed25519:<key id>:<signature in base64url>`. The same content gives the same signature. */
  sign(purpose: Purpose, content: string): string;
  /** Accepts what this signer signs. */
  readonly verifier: Verifier;
}

export type Verdict = "good" | "unsigned" | "unknown-key" | "altered";

export interface Verifier {
  /** The keys whose signatures are accepted. */
  readonly keyIds: readonly string[];
  /**
   * - `unsigned`: there is no signature, or none of this form.
   * - `unknown-key`: it is by a key that is not accepted here.
   * - `altered`: it is not on this content, or not for this purpose.
   */
  verify(purpose: Purpose, content: string, signature: unknown): Verdict;
}

const form = /^ed25519:([0-9a-f]{16}):([A-Za-z0-9_-]{86})$/;

/** The purpose stands within what is signed. No purpose has a line break, so no two pairs give the same bytes. */
const signedBytes = (purpose: Purpose, content: string): Buffer =>
  Buffer.from(`cordon signature 1\n${purpose}\n${content}`, "utf8");

/** `where` names the setting in errors. Throws CONFIG_INVALID for what is no private Ed25519 key in PEM. */
export function createSigner(privateKeyPem: string, where: string): Signer {
  const key = privateKeyOf(privateKeyPem, where);
  const { id, key: publicKey } = named(createPublicKey(key));
  return {
    keyId: id,
    sign: (purpose, content) => `ed25519:${id}:${sign(null, signedBytes(purpose, content), key).toString("base64url")}`,
    verifier: verifierOf([{ id, key: publicKey }]),
  };
}

/** Throws CONFIG_INVALID for what is not one or more public Ed25519 keys in PEM. */
export function createVerifier(publicKeysPem: string, where: string): Verifier {
  return verifierOf(publicKeysOf(publicKeysPem, where));
}

function verifierOf(keys: ReturnType<typeof publicKeysOf>): Verifier {
  const byId = new Map(keys.map(({ id, key }) => [id, key]));
  return {
    keyIds: [...byId.keys()],
    verify(purpose, content, signature) {
      const [, id, text] = (typeof signature === "string" ? form.exec(signature) : null) ?? [];
      if (id === undefined || text === undefined) return "unsigned";
      const key = byId.get(id);
      if (key === undefined) return "unknown-key";
      return verify(null, signedBytes(purpose, content), key, Buffer.from(text, "base64url")) ? "good" : "altered";
    },
  };
}
