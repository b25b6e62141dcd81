import { createHash, createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";

import { CordonError } from "@cordon/errors";

/** A public key and its name: the first 16 hexadecimal digits of the SHA-256 of its DER. */
export interface NamedKey {
  readonly id: string;
  readonly key: KeyObject;
}

/** Throws CONFIG_INVALID, in which `where` names the setting, for what is no private Ed25519 key. The key is never shown. */
export function privateKeyOf(pem: string, where: string): KeyObject {
  return ed25519(where, "private", () => createPrivateKey(pem));
}

/** The public keys of a PEM text, in their order: two of them while a key is changed. Throws CONFIG_INVALID as above. */
export function publicKeysOf(pem: string, where: string): readonly NamedKey[] {
  const blocks = pem.match(/-----BEGIN PUBLIC KEY-----[\s\S]*?-----END PUBLIC KEY-----/g) ?? [];
  if (blocks.length === 0 || /PRIVATE KEY-----/.test(pem)) throw unsuitable(where, "public");
  return blocks.map((block) => named(ed25519(where, "public", () => createPublicKey(block))));
}

export function named(key: KeyObject): NamedKey {
  const der = key.export({ type: "spki", format: "der" });
  return { id: createHash("sha256").update(der).digest("hex").slice(0, 16), key };
}

function ed25519(where: string, kind: "private" | "public", read: () => KeyObject): KeyObject {
  let key: KeyObject;
  try {
    key = read();
  } catch {
    // The cause may quote the key.
    throw unsuitable(where, kind);
  }
  if (key.asymmetricKeyType !== "ed25519") throw unsuitable(where, kind);
  return key;
}

function unsuitable(where: string, kind: "private" | "public"): CordonError {
  const how =
    kind === "private" ? "openssl genpkey -algorithm ed25519" : "openssl pkey -in the-private-key.pem -pubout";
  return new CordonError("CONFIG_INVALID", `${where}: expected a ${kind} Ed25519 key in PEM, as "${how}" makes one`);
}
