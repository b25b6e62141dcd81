import {
  createLedger,
  createPlantedRegister,
  createTraffic,
  type Processor,
  type SendOptions,
  sendTraffic,
} from "@cordon/simulator";
import { expect, test, vi } from "vitest";

function options(send: Processor["send"], more: Partial<SendOptions>): SendOptions {
  const traffic = createTraffic({
    seed: 1,
    idPrefix: "t",
    planted: { names: [], usual: () => false },
    plantedEvery: 10,
    heldEvery: 1000,
  });
  return {
    traffic: () => traffic,
    ledger: createLedger(),
    planted: createPlantedRegister(),
    processor: {
      encode: async (events) =>
        Promise.resolve(
          events.map(({ topic, eventId }) => ({ topic, messages: [{ key: eventId, value: Buffer.alloc(0) }] })),
        ),
      send,
    },
    now: Date.now,
    rate: null,
    events: null,
    mostPending: 10_000,
    signal: new AbortController().signal,
    onRetry: () => {},
    ...more,
  };
}

test("every event is sent once, in calls of at most 500", async () => {
  const keys: string[] = [];
  const sizes: number[] = [];
  await sendTraffic(
    options(
      (events) => {
        sizes.push(events.length);
        for (const { messages } of events) for (const { key } of messages) keys.push(key);
        return Promise.resolve();
      },
      { events: 1234 },
    ),
  );
  expect(keys).toEqual(Array.from({ length: 1234 }, (_, number) => `t-${String(number)}`));
  expect(Math.max(...sizes)).toBe(500);
});

test("sending waits while too many events are undecided", async () => {
  const stop = new AbortController();
  const ledger = createLedger();
  const sending = sendTraffic(options(() => Promise.resolve(), { ledger, mostPending: 700, signal: stop.signal }));
  await vi.waitFor(() => expect(ledger.totals().sent).toBe(700));
  for (let number = 0; number < 100; number += 1) ledger.decided(number, "CLEAR", 0);
  await vi.waitFor(() => expect(ledger.totals().sent).toBe(800));
  stop.abort();
  await sending;
});

test("a batch that fails is sent again whole", async () => {
  let calls = 0;
  let retries = 0;
  const send = (): Promise<void> => {
    calls += 1;
    return calls === 1 ? Promise.reject(new Error("not now")) : Promise.resolve();
  };
  await sendTraffic(options(send, { events: 10, onRetry: () => (retries += 1) }));
  expect({ calls, retries }).toEqual({ calls: 2, retries: 1 });
});

test("a rate is kept", async () => {
  const ledger = createLedger();
  const stop = new AbortController();
  const began = Date.now();
  const sending = sendTraffic(options(() => Promise.resolve(), { ledger, rate: 400, signal: stop.signal }));
  await vi.waitFor(() => expect(ledger.totals().sent).toBeGreaterThan(100), 5000);
  const due = ((Date.now() - began) / 1000) * 400;
  expect(ledger.totals().sent).toBeLessThanOrEqual(due + 1);
  stop.abort();
  await sending;
});

const unfit = (): Promise<never> => Promise.reject(new Error("it does not fit"));

test("an event that does not fit its schema ends the sending: another try would not help", async () => {
  const usual = options(() => Promise.resolve(), { events: 10 });
  const sending = sendTraffic({ ...usual, processor: { ...usual.processor, encode: unfit } });
  await expect(sending).rejects.toThrow("does not fit");
});
