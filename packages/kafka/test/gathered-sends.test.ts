import { expect, test } from "vitest";

import { gathering, type SendAll } from "../src/gathered-sends.ts";
import type { OutRecord } from "../src/port.ts";

const record = (key: string): OutRecord => ({ topic: "t", key: Buffer.from(key), value: Buffer.from(key) });
const never = new AbortController().signal;
const keysOf = (records: readonly OutRecord[]): string => records.map(({ key }) => String(key)).join("");

/** A double that fails while `refuses` holds of what it is sent. */
function calls(refuses: (keys: string) => boolean = () => false) {
  const sent: string[] = [];
  const send: SendAll = (records) => {
    const keys = keysOf(records);
    sent.push(keys);
    return refuses(keys) ? Promise.reject(new Error(`refused ${keys}`)) : Promise.resolve();
  };
  return { sent, send };
}

test("what is asked for in one turn goes in one call, in its order", async () => {
  const { sent, send } = calls();
  const gathered = gathering(send);
  await Promise.all([gathered([record("a"), record("b")], never), gathered([record("c")], never)]);
  await gathered([record("d")], never);
  expect(sent).toEqual(["abc", "d"]);
});

test("who asks hears of his own records when a call together fails", async () => {
  const { sent, send } = calls((keys) => keys.includes("b"));
  const gathered = gathering(send);
  const outcomes = await Promise.allSettled(["a", "b", "c"].map((key) => gathered([record(key)], never)));
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(sent).toEqual(["abc", "a", "b", "c"]);
});

test("a call together is given up once all who asked for it have given up", async () => {
  const signals: AbortSignal[] = [];
  const gathered = gathering((_records, signal) => {
    signals.push(signal);
    return new Promise(() => undefined);
  });
  const [one, other] = [new AbortController(), new AbortController()];
  void gathered([record("a")], one.signal);
  void gathered([record("b")], other.signal);
  await new Promise((resolve) => setImmediate(resolve));
  one.abort();
  expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  other.abort();
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
});

test("nothing is sent again for who has given up when a call together fails", async () => {
  const sent: string[] = [];
  const together = Promise.withResolvers<void>();
  const gathered = gathering((records) => {
    sent.push(keysOf(records));
    return sent.length === 1 ? together.promise : Promise.resolve();
  });
  const gaveUp = new AbortController();
  const outcomes = Promise.allSettled([gathered([record("a")], gaveUp.signal), gathered([record("b")], never)]);
  await new Promise((resolve) => setImmediate(resolve));
  gaveUp.abort(new Error("given up"));
  together.reject(new Error("refused together"));
  expect((await outcomes).map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
  expect(sent).toEqual(["ab", "b"]);
});

test("what was given up before its turn ended is not sent at all", async () => {
  const { sent, send } = calls();
  const gathered = gathering(send);
  const gaveUp = new AbortController();
  const outcomes = Promise.allSettled(
    ["a", "b", "c"].map((key) => gathered([record(key)], key === "c" ? never : gaveUp.signal)),
  );
  gaveUp.abort(new Error("given up"));
  expect((await outcomes).map(({ status }) => status)).toEqual(["rejected", "rejected", "fulfilled"]);
  expect(sent).toEqual(["c"]);
});
