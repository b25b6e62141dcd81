import { describe, expect, test } from "vitest";

import { pathOf, routeOf } from "../../src/page/router.ts";

describe("addresses of the desk", () => {
  test.each([
    ["/", { page: "alerts", view: "queue", alertId: null }],
    ["/alerts?view=check", { page: "alerts", view: "check", alertId: null }],
    ["/alerts?view=nothing", { page: "alerts", view: "queue", alertId: null }],
    ["/alerts/hold-7", { page: "alerts", view: "mine", alertId: "hold-7" }],
    ["/alerts/%E0%A4%A", { page: "alerts", view: "mine", alertId: "%E0%A4%A" }],
    ["/keys/", { page: "keys" }],
    ["/nowhere", { page: "missing" }],
  ])("%s", (address, route) => {
    const { pathname, search } = new URL(`http://desk.invalid${address}`);
    expect(routeOf({ pathname, search }, "mine")).toEqual(route);
  });

  test("an address of a route leads back to it", () => {
    for (const route of [
      { page: "alerts", view: "holds", alertId: null },
      { page: "alerts", view: "queue", alertId: "a/b?c#d" },
      { page: "reports" },
    ] as const) {
      const { pathname, search } = new URL(`http://desk.invalid${pathOf(route)}`);
      expect(routeOf({ pathname, search }, "queue")).toEqual(route);
    }
  });
});
