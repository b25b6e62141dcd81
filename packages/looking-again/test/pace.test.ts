import { createPace } from "@cordon/looking-again";
import { expect, test } from "vitest";

function timed() {
  const state = { now: 0, paused: [] as number[] };
  return {
    state,
    options: {
      clock: () => state.now,
      pause: async (milliseconds: number) => {
        state.paused.push(milliseconds);
        state.now += milliseconds;
        await Promise.resolve();
      },
      signal: new AbortController().signal,
    },
  };
}

test("rests so long that the work takes its share and no more", async () => {
  const { state, options } = timed();
  const pace = createPace({ share: 0.25, ...options });
  state.now += 100;
  await pace.rest();
  expect(state.paused).toEqual([300]);
  state.now += 40;
  await pace.rest();
  expect(state.paused).toEqual([300, 120]);
});

test("stands still while too many events wait for the screeners", async () => {
  const { state, options } = timed();
  const lags = [50_000, 20_000, 100, 90_000];
  const told: number[] = [];
  const lag = async () => Promise.resolve(lags.shift() ?? 0);
  const pace = createPace({ share: 1, lag, onWait: (waiting) => told.push(waiting), ...options });
  await pace.rest();
  expect(told).toEqual([50_000, 20_000]);
  expect(state.paused).toEqual([1000, 1000]);
  await pace.rest();
  expect(lags).toHaveLength(1);
});

test("ends when it is told to", async () => {
  const controller = new AbortController();
  const pace = createPace({ share: 0.5, ...timed().options, signal: controller.signal });
  controller.abort(new Error("stop"));
  await expect(pace.rest()).rejects.toThrow("stop");
});
