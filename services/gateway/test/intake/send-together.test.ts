import { CordonError } from "@cordon/errors";
import type { OutRecord } from "@cordon/kafka";
import { describe, expect, test } from "vitest";

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
  test("what comes at once goes in one call", async () => {
    const { calls, producer } = open(() => Promise.resolve());
    await Promise.all(["a", "b", "c"].map((name) => producer.send([record(name)])));
    expect(calls).toEqual(["abc"]);
  });

  test("what comes while calls are under way is gathered, and all of it is sent once", async () => {
    const gates: (() => void)[] = [];
    const { calls, producer } = open(() => new Promise((resolve) => void gates.push(resolve)));
    const sent: Promise<void>[] = [];
    for (const name of "abcdefgh") {
      sent.push(producer.send([record(name)]));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(calls).toHaveLength(2);
    while (calls.join("").length < 8 || gates.length > 0) {
      gates.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(sent);
    expect(calls.join("").split("").toSorted().join("")).toBe("abcdefgh");
    expect(calls).toHaveLength(3);
  });

  test("an outage fails all that were in the call; a record that is refused fails those who sent it", async () => {
    const away = open(() => Promise.reject(new CordonError("KAFKA_UNAVAILABLE", "away")));
    const failed = await Promise.allSettled(["a", "b"].map((name) => away.producer.send([record(name)])));
    expect(failed.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(away.calls).toHaveLength(1);
    const picky = open((records) =>
      namesOf(records).includes("b")
        ? Promise.reject(new CordonError("CONTRACT_VIOLATED", "refused"))
        : Promise.resolve(),
    );
    const some = await Promise.allSettled(["a", "b", "c"].map((name) => picky.producer.send([record(name)])));
    expect(some.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });
});
