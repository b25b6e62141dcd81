import { createHash, generateKeyPairSync } from "node:crypto";

import { CordonError } from "@cordon/errors";
import {
  decodeGoodGuys,
  encodeGoodGuys,
  openGoodGuysDocument,
  type PublishedGoodGuy,
  signGoodGuys,
} from "@cordon/index-store";
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
function bench(instead: (() => Promise<string | null>) | null = null) {
  vi.useFakeTimers();
  const state = {
    document: null as string | null,
    bytes: null as Uint8Array | null,
    now: 1_000_000,
    loads: 0,
    looks: 0,
    taken: [] as number[],
    /** What the store does instead of answering. */
    instead,
    refused: [] as GoodGuysRefusal[],
  };
  const publish = (generation: number, all: readonly PublishedGoodGuy[], by = signer, checkedAt = state.now): void => {
    const { version, bytes } = encodeGoodGuys(all);
    state.bytes = bytes;
    state.document = signGoodGuys(by, { generation, version, checkedAt });
  };
  following = followGoodGuys({
    store: {
      current: async () => {
        state.looks++;
        return state.instead === null ? Promise.resolve(state.document) : state.instead();
      },
      load: async () => {
        state.loads++;
        return Promise.resolve(state.bytes);
      },
    },
    verifier: signer.verifier,
    clock: () => state.now,
    pollMs: 1000,
    maxAgeMs: 300_000,
    onRefused: (reason) => void state.refused.push(reason),
    onTaken: ({ generation, count }) => void state.taken.push(generation, count),
  });
  const generation = (): number | undefined => following?.current()?.generation;
  return {
    state,
    generation,
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

  test("are loaded once for each generation, and age from the latest word", async () => {
    const { state, publish, generation } = bench();
    expect(following?.age()).toBeNaN();
    publish(1, [goodGuy]);
    await turn();
    state.now += 10_000;
    publish(1, [goodGuy]);
    await turn();
    expect([state.loads, following?.age()]).toEqual([1, 0]);
    // An older word, said again by whoever kept it, makes nothing older.
    publish(1, [goodGuy], signer, state.now - 5000);
    await turn();
    expect([state.loads, following?.age()]).toEqual([1, 0]);
    // The same set as a new generation is the newer one all the same.
    publish(2, [goodGuy]);
    await turn();
    expect([state.loads, generation(), state.taken]).toEqual([2, 2, [1, 1, 2, 1]]);
    // Nothing was wrong since there was something to take.
    expect(state.refused).toEqual(["absent"]);
    publish(1, [goodGuy]);
    await turn();
    expect([state.refused.at(-1), generation()]).toEqual(["older", 2]);
  });

  test("are taken at the very ends of what clocks and ages may be, and not beyond", async () => {
    const { state, publish, ids } = bench();
    publish(1, [goodGuy], signer, state.now - 300_000);
    await turn();
    expect(ids()).toEqual(["g-1"]);
    publish(2, [goodGuy], signer, state.now + 60_000);
    await turn();
    expect(ids()).toEqual(["g-1"]);
    state.now -= 1;
    expect(ids()).toBeNull();
  });

  test("stay, and age, while the store gives no answer", async () => {
    const { state, publish, ids } = bench();
    publish(1, [goodGuy]);
    await turn();
    state.instead = async () => Promise.reject(new CordonError("REDIS_UNAVAILABLE", "switched off by the test"));
    await turn();
    expect([state.refused.at(-1), ids()]).toEqual(["unreachable", ["g-1"]]);
    state.instead = null;
    publish(2, []);
    await turn();
    expect(ids()).toEqual([]);
  });

  test("are asked for by one look at a time, and a look that ends after the end says nothing", async () => {
    const { state } = bench();
    await turn();
    const { promise, resolve } = Promise.withResolvers<string | null>();
    state.instead = () => promise;
    await turn();
    const { looks, refused } = state;
    const said = refused.length;
    await turn();
    await turn();
    expect(state.looks).toBe(looks);
    const closing = following?.close();
    resolve(null);
    await closing;
    expect(state.refused).toHaveLength(said);
    await turn();
    await turn();
    expect(state.looks).toBe(looks);
  });

  test("are not followed past what nobody foresaw", async () => {
    const { promise, reject } = Promise.withResolvers<string | null>();
    const { state } = bench();
    await turn();
    state.instead = () => promise;
    await turn();
    const closing = following?.close();
    following = undefined;
    reject(new TypeError("of the test"));
    await expect(closing).rejects.toThrow(TypeError);
  });

  test("are asked for a second time only when the first look is over", async () => {
    const { promise, resolve } = Promise.withResolvers<string | null>();
    const { state } = bench(() => promise);
    await turn();
    await turn();
    expect(state.looks).toBe(1);
    state.instead = null;
    resolve(null);
    await turn();
    await turn();
    expect(state.looks).toBeGreaterThan(1);
  });
});

describe("a set", () => {
  test("is the same in whichever order its good guys come", () => {
    const other = { ...goodGuy, id: "g-0" };
    expect(encodeGoodGuys([goodGuy, other])).toEqual(encodeGoodGuys([other, goodGuy]));
    expect(Buffer.from(encodeGoodGuys([goodGuy, other]).bytes).toString()).toMatch(/g-0.*g-1/);
  });

  test("is read as it was written, with the topics and rails that its good guys are for", () => {
    const all = [{ ...goodGuy, topics: ["payments.v1"], rails: ["SWIFT"] }];
    const { version, bytes } = encodeGoodGuys(all);
    expect(decodeGoodGuys(bytes, version)).toEqual(all);
  });

  test.each<[string, string]>([
    ["is no JSON", "{"],
    ["has no good guys", "{}"],
    ["is of another format", JSON.stringify({ format: 2, goodGuys: [] })],
    [
      "has a good guy of no fingerprint",
      JSON.stringify({ format: 1, goodGuys: [{ ...goodGuy, fingerprint: "null" }] }),
    ],
  ])("that %s is not read, although its hash is right", (_what, text) => {
    const bytes = Buffer.from(text);
    expect(decodeGoodGuys(bytes, createHash("sha256").update(bytes).digest("hex"))).toBe("unreadable");
  });

  test("that says of itself what cannot be is not read, although it is signed", () => {
    const document = { generation: 1, version: "no hash", checkedAt: 5 };
    expect(openGoodGuysDocument(signGoodGuys(signer, document), signer.verifier)).toBe("unreadable");
  });
});
