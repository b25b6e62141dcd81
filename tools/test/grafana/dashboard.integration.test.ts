import { randomBytes } from "node:crypto";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { spawnSupervised, startPrometheus } from "@cordon/local-stack";
import { expect, inject, test, vi } from "vitest";

import { rows } from "../../grafana/dashboard.ts";

const entry = fileURLToPath(new URL("../../start/main.ts", import.meta.url));
const excerpt = fileURLToPath(new URL("../../../data/gim/uk-gim.csv", import.meta.url));

/** Whether Prometheus is here at all, as `npm start` looks for it. */
const probe = await startPrometheus({
  env: process.env,
  report: () => {},
  signal: new AbortController().signal,
  rules: fileURLToPath(new URL("../../../deploy/prometheus/rules/*.yml", import.meta.url)),
  everySeconds: 1,
});
await probe?.stop();
if (probe === null) console.error("SKIPPED: prometheus is not on PATH, so the dashboard's queries were NOT run");

interface Answer {
  readonly data: { readonly result: readonly { readonly value: readonly [number, string] }[] };
}

/** How many series the query answers with, without those that would draw nothing. */
async function answers(url: string, expr: string): Promise<number> {
  const query = new URLSearchParams({ query: expr.replaceAll("$__rate_interval", "30s") });
  const response = await fetch(`${url}/api/v1/query?${query.toString()}`);
  if (!response.ok) throw new Error(`${expr}: ${await response.text()}`);
  const { data } = (await response.json()) as Answer;
  return data.result.filter(({ value: [, text] }) => text !== "NaN").length;
}

test.skipIf(probe === null)(
  "no panel is empty with a Prometheus that scrapes a running Cordon, where npm start says to look",
  async () => {
    const { kafkaBrokers, registryUrl, redisUrl } = inject("stack");
    const own = `grafana-${randomBytes(6).toString("hex")}`;
    const child = spawnSupervised(process.execPath, [entry, "--rate", "400", "--list", `uk=${excerpt}`], {
      env: {
        ...process.env,
        KAFKA_BROKERS: kafkaBrokers,
        SCHEMA_REGISTRY_URL: registryUrl,
        REDIS_URL: redisUrl,
        REDIS_KEY_PREFIX: `${own}:`,
        TOPIC_PREFIX: `${own}.`,
        KAFKA_GROUP_ID: own,
        CANARY_GROUP_ID: `${own}-canary`,
        RESUBMISSION_GROUP_ID: `${own}-resubmissions`,
        CANARY_INTERVAL_SECONDS: "2",
      },
      output: "pipe",
      grace: 20,
    });
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      if (stream !== null) createInterface({ input: stream }).on("line", (line) => said.push(line));
    try {
      let url = "";
      await vi.waitFor(
        () => {
          url = /prometheus: (http:\S+?)\/alerts/.exec(said.join("\n"))?.[1] ?? "";
          expect(url).not.toBe("");
        },
        { timeout: 60_000, interval: 200 },
      );
      const queries = rows.flatMap(({ panels }) => panels.flatMap((panel) => panel.queries.map(({ expr }) => expr)));
      await vi.waitFor(
        async () => {
          const empty: string[] = [];
          for (const expr of queries) if ((await answers(url, expr)) === 0) empty.push(expr);
          expect(empty).toEqual([]);
        },
        { timeout: 90_000, interval: 1000 },
      );
    } finally {
      await child.stop();
    }
  },
  180_000,
);
