import { hostname, userInfo } from "node:os";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { type SecuredBench, startSecuredBench } from "./secured/bench.ts";
import { connectionCases } from "./secured/connections.ts";
import { forgedIndexCases } from "./secured/forged-index.ts";
import { permissionCases } from "./secured/permissions.ts";
import { pipelineCases, planted } from "./secured/pipeline.ts";
import { rotationCases } from "./secured/rotation.ts";
import { tokenCases } from "./secured/tokens.ts";

let started: SecuredBench | undefined;
const bench = (): SecuredBench => {
  if (started === undefined) throw new Error("the secured stack is not up");
  return started;
};

describe("on a secured stack", () => {
  beforeAll(async () => {
    started = await startSecuredBench();
    const listSync = started.start("list-sync");
    await listSync.logged("index published");
    await listSync.logged("changes announced");
    await listSync.stop();
  }, 120_000);

  afterAll(async () => {
    await started?.stop();
  }, 60_000);

  connectionCases(bench);
  pipelineCases(bench);
  permissionCases(bench);
  tokenCases(bench);
  forgedIndexCases(bench);
  rotationCases(bench);

  test("who rolls back is recorded on a topic of acts, with host and reason, when it begins and when it ends", async () => {
    const { start, acts, stack } = bench();
    const live = String(await stack.redis.command("HGET", "cordon:{idx}:current", "generation"));
    const listSync = start("list-sync", {}, "list-sync", ["--rollback", "1", "--because", "a bad file, says the desk"]);
    const code = await listSync.exited;
    await expect.poll(() => acts.length, { timeout: 20_000 }).toBe(2);
    const common = { act: "rollback", options: ["1"], host: hostname(), reason: "a bad file, says the desk" };
    expect(acts).toEqual([
      expect.objectContaining({ ...common, state: "begun" }),
      expect.objectContaining({ ...common, state: code === 0 ? "done" : "failed" }),
    ]);
    expect(acts[0]?.["user"]).toBe(userInfo().username);
    expect(live).not.toBe("");
  }, 60_000);

  test("nothing that any service printed at the level debug holds a party's name, a password or a token", () => {
    const { processes, stack } = bench();
    const printed = processes.map((each) => each.printed()).join("\n");
    expect(printed.length).toBeGreaterThan(10_000);
    const secrets = Object.values(stack.passwords).filter((password) => password !== "");
    for (const secret of [...planted, ...secrets, "a secret of the client's"]) expect(printed).not.toContain(secret);
    expect(printed).not.toMatch(/PRIVATE KEY|Bearer |eyJ[A-Za-z0-9_-]{20}/);
  });
});
