import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type ConfiguredPolicy, policySource } from "@cordon/screening";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { type PolicyWatch, watchPolicy } from "../src/policy-watch.ts";

const everyMs = 1_000;
let folder = "";
let watch: PolicyWatch | undefined;
const refused: (readonly string[])[] = [];
const good: number[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  folder = mkdtempSync(join(tmpdir(), "cordon-policy-watch-"));
});

afterEach(() => {
  watch?.close();
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
  refused.length = 0;
  good.length = 0;
});

const file = (): string => join(folder, "policy.yaml");

/** What is there when the screener looks next. */
function look(text: string): void {
  writeFileSync(file(), text);
  vi.advanceTimersByTime(everyMs);
}

function configured(text: string): ConfiguredPolicy {
  writeFileSync(file(), text);
  const read = policySource(file(), {}).read();
  if (read.kind === "refused") throw new Error(read.faults.join());
  return read.policy;
}

let reads = 0;

/** Counts how often the file is read as a policy. */
function counted(policy: ConfiguredPolicy): ConfiguredPolicy {
  const source = policy.source!;
  return {
    ...policy,
    source: {
      ...source,
      look() {
        const content = source.look();
        return { ...content, read: () => (reads++, content.read()) };
      },
    },
  };
}

function watched(text: string): PolicyWatch {
  reads = 0;
  return (watch = watchPolicy({
    configured: counted(configured(text)),
    telemetry: {
      policyRefused: ({ faults }) => refused.push(faults),
      policyFileGood: ({ rules }) => good.push(rules),
    },
    everyMs,
  }));
}

const rules = `version: 1
rules:
  - name: one
    apply: { threshold: 60 }
  - name: two
    because: agreed
    apply: { screened: false }
    when: { role: [CREDITOR], kind: [NAME] }
`;

test("a file that is still being written is never a policy, however good what is there already", () => {
  const { version } = configured(rules);
  const policies = watched(rules);
  vi.advanceTimersByTime(2 * everyMs);
  const changed = rules.replace("threshold: 60", "threshold: 61");
  for (let length = 0; length < changed.length; length++) {
    look(changed.slice(0, length));
    expect(policies.newest.version).toBe(version);
  }
  expect(refused).toEqual([]);
  look(changed);
  expect(policies.newest.version).toBe(version);
  look(changed);
  expect(policies.newest.version).toBe(configured(changed).version);
});

test("a bad file is told once, and a file that does not change is told and read as a policy once", () => {
  const policies = watched(rules);
  for (let looks = 0; looks < 5; looks++) look(rules);
  expect([good, reads]).toEqual([[2], 1]);
  for (let looks = 0; looks < 5; looks++) look("version: 2\n");
  expect(refused).toEqual([["line 1, column 10: version must be 1"]]);
  rmSync(file());
  vi.advanceTimersByTime(5 * everyMs);
  expect(refused).toHaveLength(2);
  expect(policies.newest.rules).toHaveLength(2);
});
