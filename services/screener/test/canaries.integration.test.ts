import { readFileSync } from "node:fs";

import { canaryIdPrefix } from "@cordon/schemas";
import { afterEach, beforeEach, expect, inject, test, vi } from "vitest";

import { createRealPipeline, type RealPipeline } from "./support/real-pipeline.ts";

const excerpt = readFileSync(new URL("../../../data/gim/uk-gim.csv", import.meta.url), "utf8");

let pipeline: RealPipeline;
beforeEach(async () => {
  pipeline = await createRealPipeline(inject("stack"), excerpt);
});
afterEach(async () => {
  await pipeline.close();
});

async function results(url: unknown): Promise<string> {
  return (await fetch(`${String(url)}/metrics`)).text();
}

test("canaries prove detection through the whole stream, and nobody in business sees them", async () => {
  pipeline.start("list-sync");
  const screener = pipeline.start("screener");
  const canary = pipeline.start("canary", {
    CANARY_INTERVAL_SECONDS: "1",
    CANARY_DEADLINE_SECONDS: "20",
    CANARY_GROUP_ID: `${pipeline.topic("payments")}-canary`,
  });
  await screener.logged("consuming");
  await pipeline.watch();
  const { url } = await canary.logged("listening");
  await vi.waitFor(
    async () => {
      const text = await results(url);
      for (const kind of ["known_bad", "known_good"])
        expect(
          Number(new RegExp(`results_total.kind="${kind}",result="passed". (\\d+)`).exec(text)?.[1]),
        ).toBeGreaterThan(3);
    },
    { timeout: 40_000, interval: 200 },
  );
  expect(await results(url)).toMatch(/results_total\{kind="known_bad",result="wrong"\} 0/);

  await pipeline.send([pipeline.paymentRecord("p-1")]);
  await vi.waitFor(() => expect(pipeline.decisions).toHaveLength(1), { timeout: 20_000, interval: 50 });
  expect(pipeline.decisions.filter(({ eventId }) => eventId.startsWith(canaryIdPrefix))).toEqual([]);
  expect(pipeline.alerts).toEqual([]);

  expect(await screener.stop()).toBe(0);
  await canary.logged("canary failed");
  expect(await results(url)).toMatch(/results_total\{kind="known_bad",result="missed"\} [1-9]/);
  expect(await canary.stop()).toBe(0);
}, 120_000);
