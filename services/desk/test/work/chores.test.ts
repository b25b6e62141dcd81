import { CordonError } from "@cordon/errors";
import { expect, test } from "vitest";

import { DatabaseError } from "../../src/database/connect.ts";
import { Refusal } from "../../src/rules/refusal.ts";
import { createChores } from "../../src/work/chores.ts";

function setUp() {
  const said: string[] = [];
  const failed: string[] = [];
  let now = 0;
  const say = (level: string) => (text: string) => void said.push(`${level}: ${text}`);
  const chores = createChores({
    logger: { info: say("info"), warn: say("warn"), error: say("error") },
    onFailed: (chore) => void failed.push(chore),
    clock: () => now,
  });
  return { chores, said, failed, pass: (seconds: number) => void (now += seconds * 1000) };
}

async function failWith(failure: Error): Promise<never> {
  await Promise.resolve();
  throw failure;
}

const unknown = [
  new TypeError("x is not a function"),
  new CordonError("CONTRACT_VIOLATED", "it is broken"),
  new DatabaseError("42703", ""),
  new DatabaseError("23514", "a_check"),
];
const passing = [
  new Refusal("STORE_UNAVAILABLE", "the database gives no answer"),
  new CordonError("REDIS_UNAVAILABLE", "away"),
  new CordonError("INDEX_CORRUPT", "not to be used"),
  new DatabaseError("57014", ""),
];

test.each(unknown)("what nobody foresaw is told as an error, counted, and ends the desk: %s", async (error) => {
  const { chores, said, failed } = setUp();
  await expect(chores.every("expiry", 10, async () => failWith(error))).rejects.toBe(error);
  expect([said, failed]).toEqual([["error: house-keeping failed"], ["expiry"]]);
});

test.each(passing)("what passes is told once, counted each time, and done again: %s", async (error) => {
  const { chores, said, failed, pass } = setUp();
  for (let at = 0; at < 3; at++) {
    await chores.every("audit", 10, async () => failWith(error));
    pass(10);
  }
  expect([said, failed]).toEqual([["warn: house-keeping waits"], ["audit", "audit", "audit"]]);
  await chores.every("audit", 10, async () => {});
  expect(said.at(-1)).toBe("info: house-keeping goes on");
});

test("each is done when its time has passed, or when it is wanted soon", async () => {
  const { chores, pass } = setUp();
  const done: string[] = [];
  const look = async () => {
    for (const chore of ["leases", "counts"] as const)
      await chores.every(chore, chore === "leases" ? 5 : 60, async () => Promise.resolve(void done.push(chore)));
  };
  await look();
  pass(5);
  await look();
  chores.soon("counts");
  await look();
  expect(done).toEqual(["leases", "counts", "leases", "counts"]);
});
