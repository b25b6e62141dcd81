import { describe, expect, test } from "vitest";

import { createAdmission } from "../../src/intake/admission.ts";

function open(more: Partial<Parameters<typeof createAdmission>[0]["limits"]> = {}) {
  const world = { now: 0, undecided: 0 };
  const limits = { maxInFlight: 8, maxInFlightBytes: 1000, maxOpenEvents: 100, clientRate: 10, maxBytes: 500, ...more };
  const admission = createAdmission({ limits, undecided: () => world.undecided, clock: () => world.now });
  const refused = (client: string, bytes = 1): string => {
    try {
      admission.enter(client, bytes).leave();
      return "entered";
    } catch (error) {
      const { code, details } = error as { readonly code: string; readonly details: { readonly retryAfter: number } };
      return details.retryAfter > 0 ? code : `${code} without a time to come again`;
    }
  };
  return { world, admission, refused };
}

describe("admission", () => {
  test("one client has half of the places at most, and the others are still served", () => {
    const { admission, refused } = open();
    for (let place = 0; place < 4; place++) admission.enter("acme", 1);
    expect(refused("acme")).toBe("RATE_LIMITED");
    expect(refused("bank")).toBe("entered");
    for (let place = 0; place < 4; place++) admission.enter("bank", 1);
    expect(refused("third")).toBe("BACK_PRESSURE");
  });

  test("places and bytes come back once, however often somebody leaves", () => {
    const { admission, refused } = open();
    const admitted = admission.enter("acme", 900);
    expect(refused("bank", 200)).toBe("BACK_PRESSURE");
    admitted.leave();
    admitted.leave();
    expect([admission.inFlight, admission.inFlightBytes]).toEqual([0, 0]);
    expect(refused("bank", 200)).toBe("entered");
  });

  test("a client's messages a second are limited, with twice as many after a pause, and no clock that goes back adds any", () => {
    const { world, refused } = open();
    const burst = (): number => {
      let count = 0;
      while (refused("acme") === "entered") count += 1;
      return count;
    };
    expect(burst()).toBe(20);
    world.now = 500;
    expect(burst()).toBe(5);
    world.now = 60_000;
    expect(burst()).toBe(20);
    world.now = 0;
    expect(burst()).toBe(0);
    expect(refused("bank")).toBe("entered");
  });

  test("while screening is behind nothing is taken", () => {
    const { world, refused } = open();
    world.undecided = 100;
    expect(refused("acme")).toBe("BACK_PRESSURE");
    world.undecided = 99;
    expect(refused("acme")).toBe("entered");
  });
});
