import { Readable, Writable } from "node:stream";

import { lookBackOn, readLookBackRequest } from "@cordon/cli";
import { compilePolicy } from "@cordon/decisions";
import { createMemoryIndexStore, createMemoryJobStore } from "@cordon/index-store/testing";
import { createMemoryKafka } from "@cordon/kafka/testing";
import type { Designation } from "@cordon/matching";
import { topicNames } from "@cordon/screening";
import { encodePayment, listed, openFake, paymentSchema, publishFake, samplePayment } from "@cordon/screening/testing";
import { createMemoryRegistry } from "@cordon/service/testing";
import { describe, expect, test } from "vitest";

import { cordon } from "./run-cordon.ts";

const names = topicNames({ topicPrefix: "" });
const now = Date.UTC(2026, 10, 29);

async function lookBack(...args: readonly string[]): Promise<{ readonly code: number; readonly out: string }> {
  const registry = createMemoryRegistry();
  const kafka = createMemoryKafka({ now: () => now - 3_600_000 });
  const store = createMemoryIndexStore(undefined, { now: () => now - 120_000 });
  const id = await registry.register(`${names.payments}-value`, paymentSchema);
  await (
    await kafka.admin()
  ).ensureTopics(
    Object.values(names).map((topic) => ({ topic, partitions: 1, replicationFactor: 1, minInSyncReplicas: 1 })),
  );
  const value = encodePayment(samplePayment("p-1", ["Tamsin Whitcombe", "Oliver Baker"]), id);
  await (await kafka.producer()).send([{ topic: names.payments, key: Buffer.from("p-1"), value }]);
  const people: Designation[] = [listed("A", "Goran Jalal")];
  await publishFake(store, people, now);
  await publishFake(store, [...people, listed("B", "Tamsin Whitcombe")], now);
  let out = "";
  const stdout = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      out += chunk.toString("utf8");
      done();
    },
  });
  const terminal = { stdin: Readable.from([]), stdout, stderr: stdout, watched: false, env: {} };
  const request = readLookBackRequest([...args, "--share", "1"], now);
  if (request === "help") throw new Error("help is no request");
  const ports = {
    kafka,
    registry,
    store,
    jobs: createMemoryJobStore(undefined, () => now),
    open: openFake,
    clock: () => now,
  };
  const options = { ...request, policy: compilePolicy(), names, groupId: "cordon-screener" };
  const code = await lookBackOn(ports, options, terminal);
  return { code, out };
}

describe("cordon look-back", () => {
  test("tells what it found as a table, and as JSON", async () => {
    const shown = await lookBack("--since", "2h");
    expect(shown).toMatchObject({ code: 0 });
    expect(shown.out).toMatch(/index 1 \(.*entries added +1\n.*alerts +1\n/s);
    const json = await lookBack("--since", "2h", "--json");
    expect(JSON.parse(json.out)).toMatchObject({ added: 1, events: 1, alerts: 1, secondsFromPublication: 120 });
  });

  test("on trial says that nothing was written, and looks only at its window", async () => {
    expect((await lookBack("--dry-run")).out).toMatch(/with something new, not written +1/);
    expect((await lookBack("--dry-run", "--since", "30m")).out).toMatch(/events looked at +0/);
  });

  test.each([
    [["--since", "yesterday"], "--since"],
    [["--whole", "--from", "1"], "--whole"],
    [["--share", "0"], "--share"],
    [["--share", "2"], "--share"],
    [["more"], "more"],
  ])("refuses %s", async (args, why) => {
    const { code, err } = await cordon(["look-back", ...args]);
    expect(code).toBe(2);
    expect(err).toContain(why);
  });
});

describe.each(["look-back", "rescreen-customers", "replay", "shadow"])("cordon %s", (command) => {
  test("has help, and refuses what it does not know", async () => {
    const helped = await cordon([command, "--help"]);
    expect(helped).toMatchObject({ code: 0, err: "" });
    expect(helped.out).toContain(`cordon ${command}`);
    expect(await cordon([command, "--unknown"])).toMatchObject({ code: 2 });
    expect(await cordon([command, ...(command === "look-back" ? ["--since", "x"] : [])])).toMatchObject({ code: 2 });
  });
});

describe("cordon shadow", () => {
  test.each([
    [["--events", "5"], "say what B is"],
    [["--threshold", "49"], "--threshold"],
    [["--threshold", "80", "--events", "0"], "--events"],
    [["--weak-aliases", "x"], "--weak-aliases"],
    [["--list", "nothing=x"], "--list"],
  ])("refuses %s", async (args, why) => {
    const { code, err } = await cordon(["shadow", ...args]);
    expect(code).toBe(2);
    expect(err).toContain(why);
  });
});

describe("cordon replay", () => {
  test.each([
    [["--event", "payments.v1"], "--event"],
    [["--event", "payments.v1/0/9-3"], "lower offset"],
    [["--alert", "XYZ"], "--alert"],
    [["--event", "payments.v1/0/1", "--alert", "0".repeat(32)], "one of"],
  ])("refuses %s", async (args, why) => {
    const { code, err } = await cordon(["replay", ...args]);
    expect(code).toBe(2);
    expect(err).toContain(why);
  });
});
