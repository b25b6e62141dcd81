import { generateKeyPairSync } from "node:crypto";

import { encodeGoodGuys, type PublishedGoodGuy, signGoodGuys } from "@cordon/index-store";
import { createSigner } from "@cordon/signing";
import { afterEach, describe, expect, test, vi } from "vitest";

import { followGoodGuys, type GoodGuysInUse, type GoodGuysRefusal } from "../src/good-guys.ts";

const keyOf = () =>
  createSigner(
    generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    "the test",
  );
const signer = keyOf();
const goodGuy: PublishedGoodGuy = {
  id: "g-1",
  fingerprint: "a".repeat(64),
  designationId: "uk:1",
  designationHash: "b".repeat(64),
  topics: [],
  rails: [],
  expiresAt: 9_000_000,
};

let following: GoodGuysInUse | undefined;
afterEach(async () => {
  await following?.close();
  vi.useRealTimers();
});

async function turn(): Promise<void> {
  await vi.advanceTimersByTimeAsync(1001);
}

/** A store, a clock, and what the follower said. */
function bench() {
  vi.useFakeTimers();
  const state = {
    document: null as string | null,
    bytes: null as Uint8Array | null,
    now: 1_000_000,
    away: false,
    refused: [] as GoodGuysRefusal[],
  };
  const publish = (generation: number, all: readonly PublishedGoodGuy[], by = signer, checkedAt = state.now): void => {
    const { version, bytes } = encodeGoodGuys(all);
    state.bytes = bytes;
    state.document = signGoodGuys(by, { generation, version, checkedAt });
  };
  following = followGoodGuys({
    store: {
      current: async () => Promise.resolve(state.document),
      load: async () => Promise.resolve(state.bytes),
    },
    verifier: signer.verifier,
    clock: () => state.now,
    pollMs: 1000,
    maxAgeMs: 300_000,
    onRefused: (reason) => void state.refused.push(reason),
    onTaken: () => {},
  });
  return {
    state,
    publish,
    turn,
    ids: () =>
      following
        ?.current()
        ?.of("a".repeat(64), "uk:1")
        .map(({ id }) => id) ?? null,
  };
}

describe("the good guys in use", () => {
  test("are the ones that were signed last, as long as the desk confirms them", async () => {
    const { state, publish, ids } = bench();
    await turn();
    expect([ids(), state.refused[0]]).toEqual([null, "absent"]);
    publish(1, [goodGuy]);
    await turn();
    expect(ids()).toEqual(["g-1"]);
    state.now += 300_000;
    expect(ids()).toEqual(["g-1"]);
    state.now += 1;
    expect(ids()).toBeNull();
    publish(1, [goodGuy]);
    await turn();
    expect(ids()).toEqual(["g-1"]);
    publish(2, []);
    await turn();
    expect(ids()).toEqual([]);
  });

  test.each<[GoodGuysRefusal, (of: ReturnType<typeof bench>) => void]>([
    ["untrusted", ({ publish }) => publish(2, [], keyOf())],
    ["untrusted", ({ state }) => (state.document = (state.document ?? "").replace('"generation":1', '"generation":7'))],
    [
      "untrusted",
      ({ state }) =>
        (state.document = JSON.stringify({ generation: 9, version: "c".repeat(64), checkedAt: state.now })),
    ],
    ["unreadable", ({ state }) => (state.document = "{")],
    ["corrupt", ({ state, publish }) => (publish(2, []), (state.bytes = Buffer.from("{}")))],
    ["older", ({ publish }) => publish(0, [])],
    ["older", ({ publish }) => publish(1, [])],
    ["old", ({ state, publish }) => publish(2, [], signer, state.now - 300_001)],
    ["ahead", ({ state, publish }) => publish(2, [], signer, state.now + 60_001)],
    ["absent", ({ state, publish }) => (publish(2, []), (state.bytes = null))],
    ["absent", ({ state }) => (state.document = null)],
  ])("stay, and age, where what comes is %s", async (reason, spoil) => {
    const one = bench();
    one.publish(1, [goodGuy]);
    await turn();
    expect(one.ids()).toEqual(["g-1"]);
    spoil(one);
    await turn();
    expect(one.state.refused.at(-1)).toBe(reason);
    expect(one.ids()).toEqual(["g-1"]);
    one.state.now += 300_001;
    expect(one.ids()).toBeNull();
  });
});
