import { generateKeyPairSync } from "node:crypto";

import { describe, expect, test } from "vitest";

import { liveTrust, sealedManifest, sealedState, trustedManifest, trustedState, trustOf } from "../src/trust.ts";

function keyPair(): { readonly privateKey: string; readonly publicKey: string } {
  return generateKeyPairSync("ed25519", {
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
}

const keys = keyPair();
const publisher = trustOf({ signingKey: keys.privateKey });
const reader = trustOf({ publicKey: keys.publicKey });
const version = "a".repeat(64);
const manifest = {
  version,
  generation: 7,
  bytes: 10,
  chunks: 1,
  engineVersion: "e",
  createdAt: 1,
  lists: [{ list: "uk", entries: 3, publishedAt: null }],
};
const state = {
  list: "uk",
  entries: 3,
  publishedAt: null,
  checkedAt: 5,
  source: "s",
  contentHash: "h",
  etag: null,
  lastModified: null,
};

describe("a reader with a public key", () => {
  test("takes a manifest that the publisher signed, also one with fields it does not know", () => {
    const text = JSON.stringify(sealedManifest({ ...manifest, later: "news" } as typeof manifest, publisher));
    expect(trustedManifest(text, reader)).toMatchObject({ generation: 7 });
  });

  test.each([
    ["is not signed", JSON.stringify(manifest)],
    [
      "is signed by a key that is not accepted here",
      JSON.stringify(sealedManifest(manifest, trustOf({ signingKey: keyPair().privateKey }))),
    ],
    ["is not what was signed", JSON.stringify({ ...sealedManifest(manifest, publisher), version: "b".repeat(64) })],
    ["is not what was signed", JSON.stringify({ ...sealedManifest(manifest, publisher), generation: 8 })],
  ])("refuses one that %s", (why, text) => {
    expect(() => trustedManifest(text, reader)).toThrow(
      expect.objectContaining({ code: "INDEX_UNTRUSTED", message: expect.stringContaining(why) }),
    );
  });

  test("takes what is said of a list for the version that is live, and for no other", () => {
    const text = JSON.stringify(sealedState(state, version, publisher));
    expect(trustedState(text, version, reader)).toMatchObject({ checkedAt: 5 });
    expect(() => trustedState(text, "b".repeat(64), reader)).toThrow(/another index/);
    expect(() => trustedState(JSON.stringify(state), version, reader)).toThrow(/is not signed/);
    expect(() =>
      trustedState(JSON.stringify({ ...(JSON.parse(text) as object), checkedAt: 9 }), version, reader),
    ).toThrow(/not what was signed/);
  });

  test("accepts the publisher's next key beside the one of before", () => {
    const next = keyPair();
    const both = trustOf({ publicKey: `${keys.publicKey}${next.publicKey}` });
    for (const each of [keys, next]) {
      const text = JSON.stringify(sealedManifest(manifest, trustOf({ signingKey: each.privateKey })));
      expect(trustedManifest(text, both).generation).toBe(7);
    }
  });
});

test("a publisher takes what it signed itself, and what a key of its file signed", () => {
  const before = keyPair();
  const text = JSON.stringify(sealedManifest(manifest, trustOf({ signingKey: before.privateKey })));
  expect(() => trustedManifest(text, publisher)).toThrow(/not accepted/);
  expect(trustedManifest(text, trustOf({ signingKey: keys.privateKey, publicKey: before.publicKey })).generation).toBe(
    7,
  );
});

test("without keys everything is taken that is a manifest, and a signature is left as it is", () => {
  const signed = sealedManifest(manifest, publisher);
  expect(trustedManifest(JSON.stringify(signed), trustOf({}))).toEqual(signed);
  expect(sealedManifest(signed, trustOf({})).signature).toBeUndefined();
});

test("who began to verify takes nothing unsigned later, whatever is left of the settings", () => {
  const trust = liveTrust({ publicKey: keys.publicKey }, () => ({}));
  expect(() => trustedManifest(JSON.stringify(manifest), trust)).toThrow(/is not signed/);
  const signing = liveTrust({ signingKey: keys.privateKey }, () => ({ signingKey: null }));
  expect(sealedManifest(manifest, signing).signature).toBeDefined();
  const next = keyPair();
  const rotated = liveTrust({ publicKey: keys.publicKey }, () => ({ publicKey: next.publicKey }));
  expect(() => trustedManifest(JSON.stringify(sealedManifest(manifest, publisher)), rotated)).toThrow(/not accepted/);
});
