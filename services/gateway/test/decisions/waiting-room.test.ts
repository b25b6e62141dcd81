import { expect, test } from "vitest";

import { createWaitingRoom } from "../../src/decisions/waiting-room.ts";

test("one client has half of the places, all together have all, and a place that was left is free", () => {
  const room = createWaitingRoom(4);
  const leave = room.enter("acme");
  room.enter("acme");
  expect(() => room.enter("acme")).toThrow(expect.objectContaining({ code: "RATE_LIMITED" }));
  room.enter("bank");
  room.enter("third");
  expect(() => room.enter("fourth")).toThrow(
    expect.objectContaining({ code: "BACK_PRESSURE", details: { retryAfter: 1 } }),
  );
  leave();
  room.enter("fourth");
  expect(() => room.enter("acme")).toThrow(expect.objectContaining({ code: "BACK_PRESSURE" }));
});

test("however few places there are, somebody gets in", () => {
  const room = createWaitingRoom(1);
  room.enter("acme")();
  expect(() => room.enter("acme")).not.toThrow();
});
