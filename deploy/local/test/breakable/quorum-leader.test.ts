import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { quorumLeader } from "../../src/breakable/quorum-leader.ts";

function nodeThatSays(state: object | null): string {
  const folder = mkdtempSync(join(tmpdir(), "cordon-quorum-"));
  if (state === null) return folder;
  const log = join(folder, "data", "__cluster_metadata-0");
  mkdirSync(log, { recursive: true });
  writeFileSync(join(log, "quorum-state"), JSON.stringify({ data_version: 1, ...state }));
  return folder;
}

test("the cluster is led by whom the newest election made its leader", () => {
  const old = nodeThatSays({ leaderId: 1, leaderEpoch: 1 });
  const next = nodeThatSays({ leaderId: 3, leaderEpoch: 2 });
  expect(quorumLeader([old, next, nodeThatSays(null)])).toBe(3);
  expect(quorumLeader([next, old])).toBe(3);
});

test("nobody leads it while an election goes on, or before there was one", () => {
  const old = nodeThatSays({ leaderId: 1, leaderEpoch: 1 });
  const voting = nodeThatSays({ leaderId: -1, leaderEpoch: 2 });
  expect(quorumLeader([old, voting])).toBe(null);
  expect(quorumLeader([nodeThatSays(null)])).toBe(null);
});
