import { describe, expect, test } from "vitest";

import { needsOf } from "../../src/needs.ts";
import { clients, eventually, rejection, type SecuredBench } from "./bench.ts";

const config = { topicPrefix: "", groupId: "cordon-screener", delivery: "at_least_once" } as const;

/** OAUTHBEARER by client credentials, against a real provider and a real broker. */
export function tokenCases(bench: () => SecuredBench): void {
  describe.each(clients)("tokens by %s", (client) => {
    test("let a screener in, and are taken again before they end", async () => {
      const { tokens, start, pay, decisions } = bench();
      const before = tokens.given();
      const screener = start("screener", { ...tokens.env, KAFKA_CLIENT: client });
      await screener.logged("partitions assigned");
      await pay([[`token-${client}`, ["Amelia Whitcombe", "Oliver Baker"]]]);
      await expect
        .poll(() => decisions.map(({ eventId }) => eventId), { timeout: 20_000 })
        .toContain(`token-${client}`);
      // A token lives for 20 s: within that time another one must have been asked for.
      await expect.poll(() => tokens.given() - before, { timeout: 30_000 }).toBeGreaterThan(1);
      expect(await screener.stop()).toBe(0);
    }, 90_000);

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
