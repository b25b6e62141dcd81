import { generateKeyPairSync } from "node:crypto";

import { createSigner, createVerifier, signDocument, verifyDocument } from "@cordon/signing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

function keyPair(): { readonly privateKey: string; readonly publicKey: string } {
  return generateKeyPairSync("ed25519", {
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
}

const [first, second] = [keyPair(), keyPair()];
const signer = createSigner(first.privateKey, "TEST_KEY");
const verifier = createVerifier(first.publicKey, "TEST_PUBLIC_KEY");

describe("a signed document", () => {
  test("is good after it was parsed and written again, whatever is in it", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (content) => {
        const signed = signDocument(signer, "index-manifest", content);
        const again: unknown = JSON.parse(JSON.stringify(signed));
        expect(verifyDocument(verifier, "index-manifest", again)).toBe("good");
      }),
    );
  });

  test("does not depend on the order of its fields", () => {
    const { signature } = signDocument(signer, "good-guys", { a: 1, b: { c: [1, 2], d: null } });
    expect(verifyDocument(verifier, "good-guys", { b: { d: null, c: [1, 2] }, signature, a: 1 })).toBe("good");
  });

  test("is altered when any field is another, is gone or is new", () => {
    const signed = signDocument(signer, "index-manifest", { version: "aa", lists: [{ list: "uk", entries: 5 }] });
    const { version: _, ...without } = signed;
    for (const other of [{ ...signed, version: "ab" }, { ...signed, more: 1 }, without, { ...signed, lists: [] }])
      expect(verifyDocument(verifier, "index-manifest", other)).toBe("altered");
  });

  test("is none for another purpose", () => {
    const signed = signDocument(signer, "index-manifest", { version: "aa" });
    expect(verifyDocument(verifier, "good-guys", signed)).toBe("altered");
  });

  test.each([[{}], [{ signature: "" }], [{ signature: 7 }], [{ signature: "ed25519:00" }], [null], [[]], ["text"]])(
    "is unsigned when it is %j",
    (document) => {
      expect(verifyDocument(verifier, "index-manifest", document)).toBe("unsigned");
    },
  );

  test("of another key is refused, and accepted where both keys stand in the file", () => {
    const signed = signDocument(createSigner(second.privateKey, "K"), "index-manifest", { version: "aa" });
    expect(verifyDocument(verifier, "index-manifest", signed)).toBe("unknown-key");
    const both = createVerifier(`${first.publicKey}\n${second.publicKey}`, "K");
    expect(verifyDocument(both, "index-manifest", signed)).toBe("good");
    expect(verifyDocument(both, "index-manifest", signDocument(signer, "index-manifest", { version: "aa" }))).toBe(
      "good",
    );
  });

  test("that claims an accepted key's name beside another's signature is altered", () => {
    const { signature } = signDocument(createSigner(second.privateKey, "K"), "index-manifest", { version: "aa" });
    const forged = signature.replace(/:[0-9a-f]{16}:/, `:${signer.keyId}:`);
    expect(verifyDocument(verifier, "index-manifest", { version: "aa", signature: forged })).toBe("altered");
  });
});

describe("a key", () => {
  test("that is none, is of another kind or is the wrong half is refused by the setting's name, and not shown", () => {
    const rsa = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
      publicKeyEncoding: { type: "spki", format: "pem" },
    });
    for (const pem of [
      rsa.privateKey,
      first.publicKey,
      "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
      "",
    ])
      expect(() => createSigner(pem, "INDEX_SIGNING_KEY_FILE")).toThrow(
        /^INDEX_SIGNING_KEY_FILE: expected a private Ed25519/,
      );
    for (const pem of [rsa.publicKey, first.privateKey, `${first.publicKey}${first.privateKey}`, "nothing"])
      expect(() => createVerifier(pem, "INDEX_PUBLIC_KEY_FILE")).toThrow(
        /^INDEX_PUBLIC_KEY_FILE: expected a public Ed25519/,
      );
  });
});
