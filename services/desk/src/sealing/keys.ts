import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";

import { CordonError } from "@cordon/errors";

/** Seals texts with a key, and opens them again. AES-256-GCM: what was changed does not open. */
export interface Sealer {
  /** `about` is bound to the sealed bytes: sealed for one alert, they do not open as another's. */
  seal(plain: Uint8Array, about: string): Buffer;
  /** Throws CONTRACT_VIOLATED for what was not sealed so. */
  open(sealed: Uint8Array, about: string): Buffer;
}

const ivBytes = 12;
const tagBytes = 16;

export function sealerOf(key: Uint8Array): Sealer {
  return {
    seal(plain, about) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv("aes-256-gcm", key, iv);
      cipher.setAAD(Buffer.from(about, "utf8"));
      const body = cipher.update(plain);
      cipher.final();
      return Buffer.concat([iv, cipher.getAuthTag(), body]);
    },
    open(sealed, about) {
      try {
        const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, ivBytes));
        decipher.setAAD(Buffer.from(about, "utf8"));
        decipher.setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes));
        return Buffer.concat([decipher.update(sealed.subarray(ivBytes + tagBytes)), decipher.final()]);
      } catch {
        throw new CordonError("CONTRACT_VIOLATED", "what is kept sealed does not open: another key, or changed bytes");
      }
    },
  };
}

/** The keys that come from the master key. */
export interface MasterKey {
  /** Wraps the keys of months. */
  readonly wrapping: Sealer;
  /** Hides words and names so that equal ones can be found, and draws samples that nobody can foretell. */
  digest(purpose: "word" | "party" | "sample", text: string): Buffer;
}

/** `master` has 32 bytes at least. */
export function masterKey(master: Uint8Array): MasterKey {
  const derive = (purpose: string): Buffer => Buffer.from(hkdfSync("sha256", master, "cordon desk", purpose, 32));
  const keys = { word: derive("words"), party: derive("parties"), sample: derive("samples") };
  return {
    wrapping: sealerOf(derive("wrapping")),
    digest: (purpose, text) => createHmac("sha256", keys[purpose]).update(text, "utf8").digest(),
  };
}
