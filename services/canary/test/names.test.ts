import { createMemoryIndexBackend, createMemoryIndexStore, type MemoryIndexBackend } from "@cordon/index-store/testing";
import { type Designation, designationId, newDesignation } from "@cordon/matching";
import { beforeEach, describe, expect, test } from "vitest";

import { createNames, type Names } from "../src/names.ts";

let backend: MemoryIndexBackend;

beforeEach(() => {
  backend = createMemoryIndexBackend();
});

function listed(list: string, name: string): Designation {
  return newDesignation({
    id: designationId(list, "1"),
    list,
    type: "PERSON",
    names: [{ text: name, kind: "PRIMARY", strength: "UNKNOWN" }],
    regime: "test",
  });
}

const nobody = { publishedAt: null, checkedAt: 1, source: "x", contentHash: "", etag: null, lastModified: null };

async function publish(lists: readonly string[], released: readonly string[] = []): Promise<void> {
  await createMemoryIndexStore(backend).publish({
    snapshot: Buffer.from(JSON.stringify(lists.map((list) => listed(list, `Alexandra Testova ${list}`)))),
    engineVersion: "test",
    expectedGeneration: backend.manifest?.generation ?? 0,
    lists: lists.map((list) => ({ list, entries: 1, ...nobody })),
    outbox: new Uint8Array(),
    released,
  });
}

function names(expected: readonly string[] = []): Names {
  return createNames({
    store: createMemoryIndexStore(backend),
    open: (snapshot) => JSON.parse(Buffer.from(snapshot).toString("utf8")) as Designation[],
    expected,
    onTaken: () => {},
  });
}

describe("the names of canaries", () => {
  test("are of every list of the live index", async () => {
    await publish(["uk", "un"]);
    const taken = names();
    await taken.refresh();
    expect([[...taken.current.keys()], taken.absent]).toEqual([["uk", "un"], []]);
  });

  test("miss a list that was there before and has left, also through an emptied store", async () => {
    await publish(["uk", "un"]);
    const taken = names();
    await taken.refresh();
    backend.manifest = null;
    await publish(["uk"]);
    await taken.refresh();
    expect(taken.absent).toEqual(["un"]);
    expect([...taken.current.keys()].toSorted()).toEqual(["uk", "un"]);
  });

  test("miss a list that the manifest names and the bytes do not have", async () => {
    await publish(["uk"]);
    backend.manifest = {
      ...backend.manifest!,
      lists: ["uk", "un"].map((list) => ({ list, entries: 1, publishedAt: null })),
    };
    const taken = names();
    await taken.refresh();
    expect(taken.absent).toEqual(["un"]);
  });

  test("miss a list that was told, whatever the first index has", async () => {
    await publish(["uk"]);
    const taken = names(["uk", "ofac"]);
    await taken.refresh();
    expect(taken.absent).toEqual(["ofac"]);
  });

  test("do not miss a list that was released by name, unless it was told", async () => {
    await publish(["uk", "un", "eu"]);
    const taken = names(["eu"]);
    await taken.refresh();
    await publish(["uk"], ["un", "eu"]);
    await taken.refresh();
    expect(taken.absent).toEqual(["eu"]);
    expect([...taken.current.keys()].toSorted()).toEqual(["eu", "uk"]);
  });
});
