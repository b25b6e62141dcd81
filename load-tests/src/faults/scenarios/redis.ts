import type { Fault } from "../scene.ts";

/** Faults of the store that the index comes from. Screening never asks it, so nothing may be repeated. */
export const redisFaults: readonly Fault[] = [
  {
    name: "redis-killed",
    what: "Redis killed with -9 for 10 s and started again with its data",
    repeatsAllowed: false,
    async play(scene) {
      const { redis } = scene.stack;
      scene.struck();
      await redis.kill();
      await scene.pause(10);
      await redis.start();
      scene.mended();
      await scene.untilCaughtUp();
    },
  },
  {
    name: "redis-wiped",
    what: "Redis emptied (FLUSHALL); then the list changes",
    repeatsAllowed: false,
    async play(scene) {
      const [screener] = scene.screeners;
      scene.struck();
      await scene.stack.redisCommand("FLUSHALL");
      scene.mended();
      await scene.listSync.says("index published", { already: 1 });
      scene.replaceList(scene.lists.shorter);
      await screener?.says("index swapped", { already: 1 });
      await scene.untilCaughtUp();
    },
  },
  {
    name: "redis-slow",
    what: "each answer of Redis 2 s late for 15 s, while the list changes",
    repeatsAllowed: false,
    async play(scene) {
      const [screener] = scene.screeners;
      scene.struck();
      await scene.stack.redisLink.set({ kind: "slow", milliseconds: 2000 });
      scene.replaceList(scene.lists.shorter);
      await scene.pause(15);
      await scene.stack.redisLink.set({ kind: "open" });
      scene.mended();
      await screener?.says("index swapped", { already: 1 });
      await scene.untilCaughtUp();
    },
  },
  {
    name: "redis-silent",
    what: "Redis takes connections and answers nothing for 15 s",
    repeatsAllowed: false,
    async play(scene) {
      scene.struck();
      await scene.stack.redisLink.set({ kind: "silent" });
      await scene.pause(15);
      await scene.stack.redisLink.set({ kind: "open" });
      scene.mended();
      await scene.untilCaughtUp();
    },
  },
];
