import { EventEmitter } from "node:events";

import { expect, test, vi } from "vitest";

import { stopSignal } from "../../start/stop.ts";

function setup() {
  const emitter = new EventEmitter();
  const clock = { now: 1000 };
  const sources = Object.assign(emitter, { ppid: 1 });
  let left = 0;
  const { signal } = stopSignal({ sources, now: () => clock.now, leaveAtOnce: () => (left += 1) });
  return { sources, clock, signal, left: () => left };
}

test("the first signal stops in order", () => {
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    const { sources, signal, left } = setup();
    expect(signal.aborted).toBe(false);
    sources.emit(name);
    expect(signal.aborted).toBe(true);
    expect(left()).toBe(0);
  }
});

test("one Ctrl-C that arrives twice, from the terminal and from npm, counts once", () => {
  const { sources, clock, left } = setup();
  sources.emit("SIGINT");
  clock.now += 50;
  sources.emit("SIGINT");
  expect(left()).toBe(0);
});

test("a second Ctrl-C leaves at once", () => {
  const { sources, clock, left } = setup();
  sources.emit("SIGINT");
  clock.now += 1000;
  sources.emit("SIGINT");
  expect(left()).toBe(1);
});

test("the death of the process that started us stops, too", async () => {
  const { sources, signal } = setup();
  sources.ppid = 2;
  await vi.waitFor(() => expect(signal.aborted).toBe(true), 5000);
});
