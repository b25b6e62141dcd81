import { CordonError } from "@cordon/errors";
import type { OutRecord } from "@cordon/kafka";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { sendTogether } from "../../src/intake/send-together.ts";

const record = (name: string): OutRecord => ({ topic: "t", key: Buffer.from(name), value: Buffer.from("v") });
const namesOf = (records: readonly OutRecord[]): string => records.map(({ key }) => key?.toString() ?? "").join("");

function open(send: (records: readonly OutRecord[]) => Promise<void>) {
  const calls: string[] = [];
  const producer = sendTogether({
    send: async (records) => {
      calls.push(namesOf(records));
      await send(records);
    },
  });
  return { calls, producer };
}

describe("sending together", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setImmediate", "performance"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test("what comes at once goes in one call", async () => {
    const { calls, producer } = open(() => Promise.resolve());
    const sent = ["a", "b", "c"].map((name) => producer.send([record(name)]));
    await vi.advanceTimersByTimeAsync(0);
    await Promise.all(sent);
    expect(calls).toEqual(["abc"]);
  });

  test("who comes after a while goes at once, and those right behind a call share the next one", async () => {
    const { calls, producer } = open(() => Promise.resolve());
    const send = (name: string): void => void producer.send([record(name)]);
    send("a");
    await vi.advanceTimersByTimeAsync(1);
    expect(calls).toEqual(["a"]);
    send("b");
    await vi.advanceTimersByTimeAsync(1);
    send("c");
    await vi.advanceTimersByTimeAsync(2);
    expect(calls).toEqual(["a"]);
    await vi.advanceTimersByTimeAsync(2);
    expect(calls).toEqual(["a", "bc"]);
    await vi.advanceTimersByTimeAsync(10);
    send("d");
    await vi.advanceTimersByTimeAsync(0);
    expect(calls).toEqual(["a", "bc", "d"]);
  });

  test("what comes while two calls are under way is gathered, and all of it is sent once", async () => {
    const gates: (() => void)[] = [];
    const { calls, producer } = open(() => new Promise((resolve) => void gates.push(resolve)));
    const sent: Promise<void>[] = [];
    for (const name of "abcdefgh") {
      sent.push(producer.send([record(name)]));
      await vi.advanceTimersByTimeAsync(6);
    }
    expect(calls).toEqual(["a", "b"]);
    gates.shift()?.();
    await vi.advanceTimersByTimeAsync(6);
    expect(calls).toEqual(["a", "b", "cdefgh"]);
    for (const pass of gates) pass();
    await Promise.all(sent);
  });

  test("what is too much for a call goes in the next ones", async () => {
    const { calls, producer } = open(() => Promise.resolve());
    const many = Array.from({ length: 1500 }, () => record("x"));
    const sent = [producer.send(many), producer.send(many), producer.send(many)];
    await vi.advanceTimersByTimeAsync(20);
    await Promise.all(sent);
    expect(calls.map(({ length }) => length)).toEqual([1500, 1500, 1500]);
  });

  test("an outage fails all that were in the call; a record that is refused fails those who sent it", async () => {
    const away = open(() => Promise.reject(new CordonError("KAFKA_UNAVAILABLE", "away")));
    const failing = Promise.allSettled(["a", "b"].map((name) => away.producer.send([record(name)])));
    await vi.advanceTimersByTimeAsync(0);
    const failed = await failing;
    expect(failed.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(away.calls).toHaveLength(1);
    const picky = open((records) =>
      namesOf(records).includes("b")
        ? Promise.reject(new CordonError("CONTRACT_VIOLATED", "refused"))
        : Promise.resolve(),
    );
    const sending = Promise.allSettled(["a", "b", "c"].map((name) => picky.producer.send([record(name)])));
    await vi.advanceTimersByTimeAsync(0);
    const some = await sending;
    expect(some.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });
});
