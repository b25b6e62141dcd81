import { Readable, Writable } from "node:stream";

import { listsWith } from "@cordon/cli";
import { type ListState, publisherOf } from "@cordon/index-store";
import { createMemoryIndexBackend, createMemoryIndexStore } from "@cordon/index-store/testing";
import { compileSnapshot, type Designation, designationId, engineVersion, newDesignation } from "@cordon/matching";
import { beforeAll, describe, expect, test } from "vitest";

import { binary } from "../run-cordon.ts";

const hour = 3_600_000;
const now = Date.UTC(2026, 10, 23, 18);
const backend = createMemoryIndexBackend();

function entry(key: string, name: string, more: Partial<Designation> = {}): Designation {
  return newDesignation({
    id: designationId("uk", key),
    list: "uk",
    type: "PERSON",
    names: [{ text: name, kind: "PRIMARY", strength: "UNKNOWN" }],
    regime: "Test regime",
    ...more,
  });
}

const stays = entry("T1", "Vesna Oblakovic");
const goes = entry("T2", "Ratko Mislovic");
const comes = entry("T3", "Harun Delkari", { identifiers: [{ kind: "PASSPORT", value: "X123", note: "Freedonia" }] });
const first = [stays, goes];
const second = [{ ...stays, nationalities: ["RS"] }, comes];

async function publish(designations: readonly Designation[], expectedGeneration: number): Promise<void> {
  const state: ListState = {
    list: "uk",
    entries: designations.length,
    publishedAt: "2026-11-20",
    checkedAt: now - 3 * hour,
    source: "file:uk.csv",
    contentHash: "0".repeat(64),
    etag: null,
    lastModified: null,
    unknown: { "birth date": 2 },
    notKept: { website: 3 },
  };
  await createMemoryIndexStore(backend, { now: () => now - 2 * hour }).publish({
    snapshot: compileSnapshot([...designations]),
    engineVersion,
    expectedGeneration,
    outbox: new Uint8Array(),
    lists: [state],
  });
}

async function lists(...args: string[]): Promise<string> {
  const chunks: string[] = [];
  const stdout = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(chunk.toString("utf8"));
      done();
    },
  });
  const terminal = { stdin: Readable.from([]), stdout, stderr: stdout, watched: false, env: {} };
  const ports = {
    openStore: () => createMemoryIndexStore(backend),
    openSyncing: () => {
      throw new Error("this test syncs nothing");
    },
    now: () => now,
  };
  const code = await listsWith(ports, args, terminal);
  return `${code === 0 ? "" : `exit ${String(code)}\n`}${chunks.join("")}`;
}

test("before anything was published, status says what to do, and the rest refuses", async () => {
  const empty = {
    openStore: () => createMemoryIndexStore(),
    openSyncing: () => {
      throw new Error("this test syncs nothing");
    },
    now: () => now,
  };
  const output = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = { stdin: Readable.from([]), stdout: output, stderr: output, watched: false, env: {} };
  expect(await listsWith(empty, ["status"], terminal)).toBe(0);
  await expect(listsWith(empty, ["find", "Vesna"], terminal)).rejects.toMatchObject({ code: "INDEX_ABSENT" });
});

describe("with two versions published", () => {
  beforeAll(async () => {
    await publish(first, 0);
    await publish(second, 1);
  });

  test("status tells the lists, their age, what was not understood, and the versions", async () => {
    const told = await lists("status");
    expect(told).toMatch(/^uk +2 +2026-11-20 +2026-11-23 15:00:00Z +3\.0 +file:uk\.csv$/m);
    expect(told).toMatch(/^list +times +not understood\nuk +2 +birth date$/m);
    expect(told).toMatch(/^list +times +understood, of no use here and left out\nuk +3 +website$/m);
    expect(told).toMatch(/^ +2 +[0-9a-f]{12} +2026-11-23 16:00:00Z +2 +live$/m);
    expect(told).toMatch(/^ +1 +[0-9a-f]{12} /m);
  });

  test("status tells why a list failed, what was released, who keeps the index, and what Redis may do to it", async () => {
    backend.faults = [
      { list: "ofac", code: "LIST_EMPTY", message: "no entries", source: "x", since: now - hour, at: now, times: 3 },
    ];
    backend.claim = publisherOf("host:7", {});
    backend.survey = { ...backend.survey, evictionPolicy: "allkeys-lru", dangers: ["evicts_index"] };
    const { manifest } = backend;
    backend.manifest = { ...manifest!, released: ["eu"] };
    const told = await lists("status");
    const json = JSON.parse(await lists("status", "--json")) as Readonly<Record<string, unknown>>;
    Object.assign(backend, { faults: [], claim: null, survey: { ...backend.survey, dangers: [] }, manifest });
    expect(told).toMatch(/^ofac +2026-11-23 18:00:00Z +2026-11-23 17:00:00Z +3 +LIST_EMPTY: no entries$/m);
    expect(told).toMatch(/^released by name, and not in the index: eu$/m);
    expect(told).toMatch(/^kept by the list-sync host:7$/m);
    expect(told).toMatch(/maxmemory-policy is allkeys-lru, and must be noeviction/);
    expect(json).toMatchObject({ faults: [{ code: "LIST_EMPTY" }], keptBy: { by: "host:7" } });
  });

  test("status believes no list that was read in the future", async () => {
    const state = backend.states.get("uk")!;
    backend.states.set("uk", { ...state, checkedAt: now + hour });
    const told = await lists("status");
    backend.states.set("uk", state);
    expect(told).toMatch(/^uk .* in the future: vouches for nothing/m);
  });

  test("diff tells what was added, removed, and amended by what changed", async () => {
    expect(await lists("diff", "1", "live")).toBe(
      [
        "version 1 to 2: +1 -1, 1 amended",
        "+ uk:T3  person  Harun Delkari  (Test regime)",
        "- uk:T2  person  Ratko Mislovic  (Test regime)",
        "~ uk:T1  person  Vesna Oblakovic  (Test regime)",
        "    nationalities: + RS",
        "",
      ].join("\n"),
    );
  });

  test("show tells all of one entry", async () => {
    const told = await lists("show", "UK:T3");
    expect(told).toMatch(/^names +Harun Delkari, kind PRIMARY, strength UNKNOWN$/m);
    expect(told).toMatch(/^identifiers +kind PASSPORT, X123, note Freedonia$/m);
  });

  test("find searches as the screener does", async () => {
    expect(await lists("find", "Wesna", "Oblakovic")).toMatch(
      /^[0-9.]+ +uk:T1 +person +Vesna Oblakovic +Test regime$/m,
    );
    expect(await lists("find", "Nobody", "Known")).toBe("nothing at 85 % or more\n");
  });

  test.each([
    [["status", "--json"], { live: { manifest: { generation: 2 } }, versions: [{ generation: 2 }, { generation: 1 }] }],
    [
      ["diff", "1", "2", "--json"],
      { added: [{ id: "uk:T3" }], removed: [{ id: "uk:T2" }], amended: [{ id: "uk:T1" }] },
    ],
    [["show", "uk:T1", "--json"], { id: "uk:T1", nationalities: ["RS"] }],
    [["find", "Harun Delkari", "--json"], { matches: [{ id: "uk:T3", score: 100 }] }],
  ])("%j is one JSON object", async (args, expected) => {
    expect(JSON.parse(await lists(...args))).toMatchObject(expected);
  });

  test.each([
    [["diff", "1"], "it takes A and B"],
    [["diff", "1", "7"], '"7" is no version that is kept; there are 2, 1'],
    [["show", "uk:T2"], 'the live index has no "uk:T2"'],
    [["find"], "it takes a NAME"],
    [["find", "x", "--threshold", "20"], "--threshold is a whole number"],
    [["status", "--release"], "--release goes with sync"],
    [["status", "--release-list", "eu"], "sync and rollback"],
    [["sync", "--release-list", "nowhere"], "--release-list takes one of"],
    [["prune"], 'lists "prune"?'],
  ])("%j is refused with a word of why", async (args, why) => {
    await expect(lists(...args)).rejects.toThrow(why);
  });
});

test("without REDIS_URL the program says what is missing, and ends with 2", async () => {
  const { REDIS_URL: _, ...environment } = process.env;
  const { code, err } = await binary(["lists", "status"], "", environment);
  expect(code).toBe(2);
  expect(err).toContain("REDIS_URL");
});
