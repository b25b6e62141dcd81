import { expect, test } from "vitest";

import { type FetchingGroup, onVanishedTopic, rejoinAfterVanishing } from "../src/vanished-topic.ts";

const fault = (type: string): Error => Object.assign(new Error(type), { type });

function groupOf(answers: (Error | null)[]) {
  const calls: string[] = [];
  const step = async (name: string): Promise<void> => {
    calls.push(name);
    const answer = answers.shift() ?? null;
    await (answer === null ? Promise.resolve() : Promise.reject(answer));
  };
  const own = {
    fetch: async () => Promise.resolve(calls.push("fetch")),
    recoverFromFetch: async () => step("recover"),
  };
  const group: FetchingGroup = {
    memberId: "m1",
    cluster: { refreshMetadata: async () => step("metadata") },
    joinAndSync: async () => step("join"),
    ...rejoinAfterVanishing(own),
  };
  return { group, calls };
}

test("a member that heard of a missing topic joins again before it reads on, as often as that fails", async () => {
  const gone = fault("UNKNOWN_TOPIC_OR_PARTITION");
  const { group, calls } = groupOf([gone, gone]);
  await expect(group.recoverFromFetch(gone)).rejects.toBe(gone);
  await expect(group.fetch(1)).rejects.toBe(gone);
  await group.fetch(1);
  await group.fetch(1);
  expect(calls).toEqual(["recover", "metadata", "metadata", "join", "fetch", "fetch"]);
});

test("where recovering joins by itself, and for errors of another kind, nothing more is joined", async () => {
  const gone = fault("UNKNOWN_TOPIC_OR_PARTITION");
  const moved = fault("NOT_LEADER_FOR_PARTITION");
  const { group, calls } = groupOf([null, moved]);
  await group.recoverFromFetch(gone);
  await expect(group.recoverFromFetch(moved)).rejects.toBe(moved);
  await group.fetch(1);
  expect(calls).toEqual(["recover", "recover", "fetch"]);
});

test("who listens for the member hears of a missing topic, and of nothing else", async () => {
  const { group } = groupOf([]);
  let heard = 0;
  const end = onVanishedTopic("m1", () => (heard += 1));
  await group.recoverFromFetch(fault("NOT_LEADER_FOR_PARTITION"));
  expect(heard).toBe(0);
  await group.recoverFromFetch(fault("UNKNOWN_TOPIC_OR_PARTITION"));
  expect(heard).toBe(1);
  end();
  await group.recoverFromFetch(fault("UNKNOWN_TOPIC_OR_PARTITION"));
  expect(heard).toBe(1);
});
