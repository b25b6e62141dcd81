import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Payment } from "@cordon/schemas";
import { afterEach, beforeEach, expect, inject, test, vi } from "vitest";

import { createRealPipeline, type RealPipeline } from "./support/real-pipeline.ts";

const excerpt = readFileSync(new URL("../../../data/gim/uk-gim.csv", import.meta.url), "utf8");

const plain = "version: 1\n";
/** Domestic instant payments without text. */
const withoutText = `version: 1
rules:
  - name: Domestic instant payments without text
    when: { rail: [FPS], from: [GB], to: [GB], kind: [TEXT] }
    apply: { screened: false }
`;

const LISTED = "JAHOVIĆ, Almir";

let pipeline: RealPipeline;
let folder = "";
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "cordon-policy-"));
  pipeline = await createRealPipeline(inject("stack"), excerpt);
});
afterEach(async () => {
  await pipeline.close();
  rmSync(folder, { recursive: true });
});

function write(text: string): void {
  writeFileSync(join(folder, "new.yaml"), text);
  renameSync(join(folder, "new.yaml"), join(folder, "policy.yaml"));
}

const bank = (role: Payment["agents"][number]["role"]): Payment["agents"][number] => ({
  role,
  bic: "TIDEGB2L",
  lei: null,
  name: null,
  clearingId: null,
  address: null,
  account: null,
});
const rails = ["FPS", "SWIFT"] as const;

test("two screeners swap the policy under load: no event is lost, and each decision is that of the policy it names", async () => {
  write(plain);
  const env = { POLICY_FILE: join(folder, "policy.yaml"), POLICY_POLL_SECONDS: "0.5" };
  pipeline.start("list-sync");
  const screeners = [pipeline.start("screener", env), pipeline.start("screener", env)];
  for (const screener of screeners) await screener.logged("consuming");
  await pipeline.watch();

  let sent = 0;
  const sendingEnds = new AbortController();
  const sending = (async () => {
    while (!sendingEnds.signal.aborted) {
      const records = Array.from({ length: 100 }, (_, at) =>
        pipeline.paymentRecord(`e-${String(sent + at)}`, undefined, {
          rail: rails[at % 2] ?? "FPS",
          agents: [bank("DEBTOR_AGENT"), bank("CREDITOR_AGENT")],
          remittanceInformation: [`for ${LISTED}`],
        }),
      );
      await pipeline.send(records);
      sent += records.length;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  })();
  await vi.waitFor(() => expect(pipeline.decisions.length).toBeGreaterThan(500), { timeout: 30_000, interval: 100 });
  write(withoutText);
  for (const screener of screeners) await screener.logged("policy swapped");
  for (const screener of screeners) await screener.logged("consuming", 2);
  const clear = (): number => pipeline.decisions.filter(({ outcome }) => outcome === "CLEAR").length;
  await vi.waitFor(() => expect(clear()).toBeGreaterThan(500), { timeout: 40_000, interval: 100 });
  write("version: 2\n");
  await screeners[0]?.logged("the policy file is refused, and the last good policy stays in use");
  sendingEnds.abort();
  await sending;
  await vi.waitFor(() => expect(new Set(pipeline.decisions.map(({ eventId }) => eventId)).size).toBe(sent), {
    timeout: 60_000,
    interval: 200,
  });

  const byRail = pipeline.decisions.map(({ eventId, policyVersion, outcome, fieldsLeftOut }) => {
    const rail = rails[Number(eventId.slice(2)) % 2] ?? "FPS";
    return `${policyVersion} ${rail} ${outcome} ${String(fieldsLeftOut)}`;
  });
  const [first = "", second = ""] = [...new Set(pipeline.decisions.map(({ policyVersion }) => policyVersion))];
  expect(new Set(byRail)).toEqual(
    new Set([`${first} FPS HIT 0`, `${first} SWIFT HIT 0`, `${second} FPS CLEAR 1`, `${second} SWIFT HIT 0`]),
  );
  console.log(
    `${String(sent)} events, ${String(pipeline.decisions.length)} decisions: ${JSON.stringify(Object.fromEntries([...new Set(byRail)].map((line) => [line, byRail.filter((one) => one === line).length])))}`,
  );
  for (const screener of screeners) expect(await screener.stop()).toBe(0);
}, 180_000);
