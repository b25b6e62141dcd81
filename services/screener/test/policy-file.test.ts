import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { listed, publishFake } from "@cordon/screening/testing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { createWorld, groupId, type Running, startScreener, type World } from "./support/run-in-memory.ts";

/*
 * The policy's file, with Kafka, registry and index store in memory.
 */

const goran = listed("GIM0001", "Goran Jalal");
const running: Running[] = [];
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cordon-policy-"));
});

afterEach(async () => {
  for (const screener of running.splice(0)) await screener.stop();
  rmSync(folder, { recursive: true });
});

const file = (): string => join(folder, "policy.yaml");

/** In one step, as `mv` does. */
function write(text: string): void {
  const beside = `${file()}.new`;
  writeFileSync(beside, text);
  renameSync(beside, file());
}

const plain = "version: 1\n";
const without = `version: 1
rules:
  - name: Names of creditors are screened by the bank that pays
    because: agreed with it
    when: { role: [CREDITOR] }
    apply: { screened: false }
`;

async function started(world: World, env: Readonly<Record<string, string>> = {}): Promise<Running> {
  await publishFake(world.store, [goran], Date.now());
  const screener = startScreener(world, { POLICY_FILE: file(), POLICY_POLL_SECONDS: "0.05", ...env });
  running.push(screener);
  await expect.poll(() => screener.ready()).toMatchObject({ ok: true });
  return screener;
}

const said = (screener: Running, msg: string): number => screener.log.filter((line) => line.msg === msg).length;
const outcomesOf = (world: World, prefix: string): ReadonlySet<string> =>
  new Set(
    world
      .decisions()
      .filter(({ eventId }) => eventId.startsWith(prefix))
      .map(({ outcome, fieldsLeftOut }) => `${outcome} ${String(fieldsLeftOut)}`),
  );
const ids = (prefix: string, count = 10): readonly string[] =>
  Array.from({ length: count }, (_, at) => `${prefix}${String(at)}`);

describe("a policy that stands in a file", () => {
  test("decides from the start, and stands in each decision by its hash", async () => {
    const world = createWorld();
    write(without);
    const screener = await started(world);
    await world.send(ids("a"), ["Oliver Baker", "Goran Jalal"]);
    await expect.poll(() => world.decisions().length).toBe(10);
    expect(outcomesOf(world, "a")).toEqual(new Set(["CLEAR 1"]));
    const [version, ...others] = new Set(world.decisions().map(({ policyVersion }) => policyVersion));
    expect(others).toEqual([]);
    expect(await screener.metrics()).toContain(`cordon_policy_info{policy_version="${version ?? ""}",`);
    expect(await screener.metrics()).toContain("cordon_screening_fields_left_out_total 10");
  });

  test("that changed while the screener waited for what it needs decides from its first event on", async () => {
    const world = createWorld();
    write(without);
    const screener = startScreener(world, { POLICY_FILE: file(), POLICY_POLL_SECONDS: "0.05" });
    running.push(screener);
    write(plain);
    await expect
      .poll(() => screener.log.some(({ msg, fields }) => msg === "policy file read" && fields["rules"] === 0))
      .toBe(true);
    await world.send(ids("a"), ["Oliver Baker", "Goran Jalal"]);
    // There was no index until now.
    await publishFake(world.store, [goran], Date.now());
    await expect.poll(() => world.decisions().length).toBe(10);
    expect(outcomesOf(world, "a")).toEqual(new Set(["HIT 0"]));
    expect([said(screener, "consuming"), said(screener, "policy swapped")]).toEqual([1, 1]);
  });

  test("that says nothing is the policy of the environment", async () => {
    const world = createWorld();
    write(plain);
    await started(world, { SCREENING_THRESHOLD: "91" });
    await world.send(ids("a"));
    await expect.poll(() => world.decisions().length).toBe(10);
    const other = createWorld();
    await publishFake(other.store, [goran], Date.now());
    const plainly = startScreener(other, { SCREENING_THRESHOLD: "91" });
    running.push(plainly);
    await expect.poll(() => plainly.ready()).toMatchObject({ ok: true });
    await other.send(ids("a", 1));
    await expect.poll(() => other.decisions().length).toBe(1);
    expect(world.decisions()[0]?.policyVersion).toBe(other.decisions()[0]?.policyVersion);
  });

  test("is swapped under load, whole, and no event is lost or decided twice", async () => {
    const world = createWorld();
    write(plain);
    const screener = await started(world);
    let sent = 0;
    const names = ["Oliver Baker", "Goran Jalal"];
    const sending = (async () => {
      for (; sent < 4000; sent += 50) {
        await world.send(
          ids("e", 50).map((id, at) => `${id}-${String(sent + at)}`),
          names,
        );
        if (sent === 1000) write(without);
        if (sent === 2000) write(plain);
        if (sent === 3000) write(without);
        if (sent % 500 === 0) await new Promise((resolve) => setTimeout(resolve, 100));
      }
    })();
    await sending;
    await expect.poll(() => world.decisions().length, { timeout: 20_000 }).toBe(sent);
    await expect.poll(() => said(screener, "policy swapped"), { timeout: 5_000 }).toBeGreaterThanOrEqual(1);
    const decisions = world.decisions();
    expect(new Set(decisions.map(({ eventId }) => eventId)).size).toBe(sent);
    // Each decision is that of the policy that it names.
    const told = new Set(
      decisions.map(
        ({ policyVersion, outcome, fieldsLeftOut }) => `${policyVersion} ${outcome} ${String(fieldsLeftOut)}`,
      ),
    );
    expect(told.size).toBe(2);
    expect([...told].map((line) => line.slice(17)).toSorted()).toEqual(["CLEAR 1", "HIT 0"]);
    const committed = world.kafka.committed(groupId).reduce((sum, { offset }) => sum + offset, 0n);
    expect(committed).toBe(BigInt(sent));
  });

  test("that turns bad, or goes away, leaves the last good one in use, says why, and counts as refused until it is mended", async () => {
    const world = createWorld();
    write(without);
    const screener = await started(world);
    write(without.replace("CREDITOR", "CREDITORS").replace("because: agreed with it", "becuase: no"));
    await expect
      .poll(() => said(screener, "the policy file is refused, and the last good policy stays in use"))
      .toBe(1);
    const faults = JSON.stringify(screener.log.find(({ msg }) => msg.includes("refused"))?.fields);
    expect(faults).toMatch(/line 4, column 5: .*line 5, column 20: /);
    expect(await screener.metrics()).toContain("cordon_policy_faults 2");
    await world.send(ids("b"), ["Oliver Baker", "Goran Jalal"]);
    await expect.poll(() => world.decisions().length).toBe(10);
    expect(outcomesOf(world, "b")).toEqual(new Set(["CLEAR 1"]));

    write(plain);
    await expect.poll(() => said(screener, "policy swapped")).toBe(1);
    expect(await screener.metrics()).toContain("cordon_policy_faults 0");
    rmSync(file());
    await expect
      .poll(() => said(screener, "the policy file is refused, and the last good policy stays in use"))
      .toBe(2);
    await world.send(ids("c"), ["Oliver Baker", "Goran Jalal"]);
    await expect.poll(() => world.decisions().length).toBe(20);
    expect(outcomesOf(world, "c")).toEqual(new Set(["HIT 0"]));
  });

  test("that is bad at the start does not let a screener start", () => {
    write("version: 2\n");
    expect(() => startScreener(createWorld(), { POLICY_FILE: file() })).toThrow(
      expect.objectContaining({
        code: "CONFIG_INVALID",
        message: expect.stringContaining("line 1, column 10") as string,
      }),
    );
  });
});
