import { Readable, Writable } from "node:stream";

import { listsWith, type Syncing } from "@cordon/cli";
import { CordonError } from "@cordon/errors";
import { createMemoryIndexBackend, createMemoryIndexStore } from "@cordon/index-store/testing";
import { createMemoryKafka } from "@cordon/kafka/testing";
import { type EnabledList, listSyncConfig } from "@cordon/list-sync";
import { fakeEngine, fromHttp, ok, startHttpSource, status, textList } from "@cordon/list-sync/testing";
import { readConfig } from "@cordon/service";
import { createMemoryRegistry } from "@cordon/service/testing";
import { afterAll, describe, expect, test } from "vitest";

const now = Date.UTC(2026, 10, 23, 18);
const memory = createMemoryIndexBackend();
const kafka = createMemoryKafka();
const uk = await startHttpSource();
const un = await startHttpSource();
afterAll(async () => {
  await uk.close();
  await un.close();
});

/** Syncing as the service does, on what is in memory. */
function syncing(lists: readonly EnabledList[]): Syncing {
  const read = readConfig(listSyncConfig, {
    KAFKA_BROKERS: "memory:9092",
    SCHEMA_REGISTRY_URL: "http://memory",
    REDIS_URL: "redis://memory",
  });
  const store = createMemoryIndexStore(memory);
  const registry = createMemoryRegistry();
  return {
    config: { ...read, lists },
    ports: { kafka, registry, store, engine: fakeEngine, clock: () => now, by: "test" },
    close: async () => Promise.resolve(),
  };
}

describe("a sync by hand", () => {
  const both = [fromHttp("uk", uk), fromHttp("un", un)];

  async function syncs(
    args: readonly string[],
    { lists: enabled = both, open }: { lists?: readonly EnabledList[]; open?: () => Syncing } = {},
  ): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
    const [out, err] = [text(), text()];
    const terminal = { stdin: Readable.from([]), stdout: out.stream, stderr: err.stream, watched: false, env: {} };
    const ports = {
      openStore: () => createMemoryIndexStore(memory),
      openSyncing: open ?? (() => syncing(enabled)),
      now: () => now,
    };
    return { code: await listsWith(ports, args, terminal), out: out.read(), err: err.read() };
  }

  test("tells what came of each list, and which version is live", async () => {
    uk.answer(ok(textList("T1 Vesna Oblakovic", "T2 Ratko Mislovic")));
    un.answer(ok(textList("T3 Harun Delkari")));
    const { code, out, err } = await syncs(["sync"]);
    expect(out.replaceAll(/[0-9a-f]{12}/g, "HASH")).toBe(
      [
        "list  result   entries",
        "uk    updated        2",
        "un    updated        1",
        "version 1 (HASH) is live now",
        "announced: +3 -0, 0 amended",
        "",
      ].join("\n"),
    );
    expect({ code, err }).toEqual({ code: 0, err: "" });
  });

  test("ends with 1 where a list is refused, and keeps its last good version", async () => {
    uk.answer(ok(textList("T1 Vesna Oblakovic", "T2 Ratko Mislovic")));
    un.answer(status(404));
    const { code, out } = await syncs(["sync", "--json"]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual({
      lists: expect.arrayContaining([
        { list: "uk", result: "unchanged", entries: 2 },
        { list: "un", result: "refused", entries: 1, code: "LIST_UNREACHABLE", why: expect.any(String) },
      ]),
      live: { generation: 1, version: expect.any(String), isNew: false },
      announced: null,
      troubles: [],
    });
    un.answer(ok(textList("T3 Harun Delkari")));
  });

  test("does nothing where a list of the live index is off here, and ends with 2", async () => {
    const { code, out, err } = await syncs(["sync"], { lists: [fromHttp("uk", uk)] });
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^cordon: the live index has un, off here/);
    expect(memory.manifest?.generation).toBe(1);
  });

  test("lets a list leave that is released by name, and records who did it and why", async () => {
    const only = { lists: [fromHttp("uk", uk)] };
    const topic = { topic: "cordon.operator-acts.v1", partitions: 1, replicationFactor: 1, minInSyncReplicas: 1 };
    await (await kafka.admin()).ensureTopics([topic]);
    const { code } = await syncs(["sync", "--release-list", "un", "--because", "no longer ours"], only);
    expect(code).toBe(0);
    expect(memory.manifest).toMatchObject({ generation: 2, released: ["un"] });
    const acts = kafka.records("cordon.operator-acts.v1").map(({ value }) => JSON.parse(String(value)) as object);
    expect(acts).toMatchObject([
      { act: "sync", state: "begun", options: ["--release-list", "un"], reason: "no longer ours" },
      { act: "sync", state: "done", outcome: "exit code 0" },
    ]);
  });

  test("rolls back, leaves that alone until it is told to release it, and says so", async () => {
    const back = await syncs(["rollback", "1"]);
    expect(back).toMatchObject({ code: 0, out: expect.stringMatching(/^version 3 \([0-9a-f]{12}\) is live now$/m) });
    uk.answer(ok(textList("T1 Vesna Oblakovic", "T4 Marko Petrovic")));
    expect(await syncs(["sync"])).toMatchObject({
      code: 1,
      out: expect.stringMatching(/^version 3 \([0-9a-f]{12}\) stays live$/m),
      err: expect.stringContaining("cordon: a version that was rolled back to stays live"),
    });
    expect((await syncs(["sync", "--release"])).code).toBe(0);
    expect(memory.manifest?.generation).toBe(4);
    expect(await syncs(["rollback", "99"])).toMatchObject({
      code: 2,
      err: expect.stringContaining('"99" is no version that is kept'),
    });
  });

  test("tells an environment that does not do as trouble, and ends with 2", async () => {
    const { code, out, err } = await syncs(["sync", "--json"], { open: unfit });
    expect({ code, err }).toEqual({ code: 2, err: "cordon: LIST_UK has an unacceptable value\n" });
    expect(JSON.parse(out)).toMatchObject({ lists: [], live: null, troubles: ["LIST_UK has an unacceptable value"] });
  });
});

function unfit(): Syncing {
  throw new CordonError("CONFIG_INVALID", "LIST_UK has an unacceptable value");
}

/** A stream that keeps what is written. */
function text(): { readonly stream: Writable; readonly read: () => string } {
  const chunks: string[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(chunk.toString("utf8"));
      done();
    },
  });
  return { stream, read: () => chunks.join("") };
}
