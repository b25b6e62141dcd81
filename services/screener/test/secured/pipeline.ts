import { topics } from "@cordon/schemas";
import { describe, expect, test } from "vitest";

import { clients, type SecuredBench } from "./bench.ts";

/** Names that stand nowhere else: whatever prints one of them has printed a party. */
export const planted = ["Quillon Averbach-Teege", "Ysolde Brankovitz", "Thrandor Ulmquist"] as const;
const listed = "GORAN ASSAD JALAL";

/** The whole pipeline with the least permissions, by each client and each delivery. */
export function pipelineCases(bench: () => SecuredBench): void {
  describe.each(
    clients.flatMap((client) =>
      (["at_least_once", "exactly_once"] as const).map((delivery) => [client, delivery] as const),
    ),
  )("the secured pipeline with %s, %s", (client, delivery) => {
    test("decides hits, clears, holds and dead letters with the permissions of the table and no more", async () => {
      const { decisions, alerts, deadLetters, start, pay, sendRaw } = bench();
      const id = (name: string): string => `${client}-${delivery}-${name}`;
      const screener = start("screener", { KAFKA_CLIENT: client, DELIVERY: delivery });
      const { url } = await screener.logged("listening");
      await screener.logged("partitions assigned");
      await pay([
        [id("clear"), [planted[0], planted[1]]],
        [id("hit"), [planted[2], listed]],
        [id("hold"), [planted[0], ""]],
      ]);
      await sendRaw(topics.payments, id("junk"), Buffer.from(`no avro, but ${planted[1]}`));
      const outcome = (name: string): string | undefined =>
        decisions.find(({ eventId }) => eventId === id(name))?.outcome;
      await expect
        .poll(() => ["clear", "hit", "hold", "junk"].map(outcome), { timeout: 20_000 })
        .toEqual(["CLEAR", "HIT", "HOLD", "HOLD"]);
      await expect.poll(() => alerts.map(({ eventId }) => eventId)).toContain(id("hit"));
      await expect.poll(() => deadLetters).toContain(id("junk"));
      for (const path of ["/metrics", "/readyz", "/healthz"]) {
        const response = await fetch(`${String(url)}${path}`);
        const shown = await response.text();
        expect(response.status).toBe(200);
        for (const name of planted) expect(shown).not.toContain(name);
      }
      expect(await screener.stop()).toBe(0);
    }, 60_000);
  });
}
