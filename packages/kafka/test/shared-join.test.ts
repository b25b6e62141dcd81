import { expect, test } from "vitest";

import { joinTogether, type JoiningGroup } from "../src/shared-join.ts";

const refusal = (type: string): Error => Object.assign(new Error(type), { name: "KafkaJSProtocolError", type });

test("who joins while the same member does shares its join, and a later one joins again", async () => {
  let joins = 0;
  const group: JoiningGroup = {
    joinAndSync: joinTogether(async () => {
      joins += 1;
      return new Promise((resolve) => setTimeout(resolve, 10));
    }),
  };
  await Promise.all([group.joinAndSync(), group.joinAndSync(), group.joinAndSync()]);
  expect(joins).toBe(1);
  await group.joinAndSync();
  expect(joins).toBe(2);
});

test("a coordinator that is still loading is waited for; what else it says is passed on", async () => {
  const answers = [refusal("GROUP_LOAD_IN_PROGRESS"), refusal("GROUP_COORDINATOR_NOT_AVAILABLE"), null];
  const group: JoiningGroup = {
    joinAndSync: joinTogether(async () => {
      const answer = answers.shift() ?? null;
      return answer === null ? Promise.resolve("joined") : Promise.reject(answer);
    }),
  };
  expect(await group.joinAndSync()).toBe("joined");
  const refused = refusal("INCONSISTENT_GROUP_PROTOCOL");
  answers.push(refused);
  await expect(group.joinAndSync()).rejects.toBe(refused);
});
