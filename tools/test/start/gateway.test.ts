import { expect, test } from "vitest";

import { gatewayExample, planGateway } from "../../start/gateway.ts";

test("the gateway gets a free port of this machine, and asks nobody who he is unless the environment says how", async () => {
  const plan = await planGateway({});
  expect(plan.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(plan.environment).toEqual({
    GATEWAY_HOST: "127.0.0.1",
    GATEWAY_PORT: new URL(plan.url).port,
    GATEWAY_AUTH: "none",
  });
});

test("what the environment says of it holds", async () => {
  const given = {
    GATEWAY_PORT: "4711",
    GATEWAY_HOST: "::1",
    GATEWAY_TOKENS_FILE: "tokens",
    GATEWAY_TLS_CERT_FILE: "cert",
  };
  const plan = await planGateway(given);
  expect(plan.url).toBe("https://[::1]:4711");
  expect(plan.environment).toMatchObject({ GATEWAY_PORT: "4711", GATEWAY_AUTH: "required" });
  expect((await planGateway({ ...given, GATEWAY_AUTH: "none" })).environment["GATEWAY_AUTH"]).toBe("none");
});

test("the commands that are shown send one event and ask for it", () => {
  const [send = "", ask = ""] = gatewayExample("http://127.0.0.1:1");
  const event = JSON.parse(/-d '(.*)'$/.exec(send)?.[1] ?? "") as { readonly eventId: string };
  expect(send).toContain("'http://127.0.0.1:1/v1/messages'");
  expect(ask).toContain(`/v1/decisions/${event.eventId}?wait=`);
});
