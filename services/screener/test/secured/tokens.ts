import { describe, expect, test } from "vitest";

import { needsOf } from "../../src/needs.ts";
import { clients, eventually, rejection, type SecuredBench } from "./bench.ts";

const config = { topicPrefix: "", groupId: "cordon-screener", delivery: "at_least_once" } as const;

/** OAUTHBEARER by client credentials, against a real provider and a real broker. */
export function tokenCases(bench: () => SecuredBench): void {
  describe("tokens", () => {
    test("let a screener of each client in, and are taken again before they end", async () => {
      const { tokens, start, pay, decisions } = bench();
      const before = tokens.given();
      const screeners = clients.map((client) => start("screener", { ...tokens.env, KAFKA_CLIENT: client }));
      for (const screener of screeners) await screener.logged("partitions assigned");
      const events = Array.from({ length: 12 }, (_, at) => `token-${String(at)}`);
      await pay(events.map((id) => [id, ["Amelia Whitcombe", "Oliver Baker"]]));
      const decided = (): number => decisions.filter(({ eventId }) => events.includes(eventId)).length;
      await expect.poll(decided, { timeout: 20_000 }).toBe(events.length);
      // A token lives for 12 s: by then each of the two must have asked for another one.
      await expect
        .poll(() => tokens.given() - before, { timeout: 30_000 })
        .toBeGreaterThanOrEqual(2 * screeners.length);
      for (const screener of screeners) expect(await screener.stop()).toBe(0);
    }, 90_000);
  });

  describe.each(clients)("tokens by %s", (client) => {
    test("that are not given are told of in the provider's words, without the secret", async () => {
      const { tokens } = bench();
      const kafka = bench().client("screener", { ...tokens.env, KAFKA_CLIENT: client });
      tokens.refuse(true);
      try {
        const error = await rejection(kafka.check(needsOf(config)));
        expect(error).toMatchObject({
          code: "TOKEN_UNAVAILABLE",
          message: expect.stringContaining("the client was locked"),
        });
        expect(error.message).not.toContain("100%");
      } finally {
        tokens.refuse(false);
      }
      await eventually(() => kafka.check(needsOf(config)));
    });
  });
}
