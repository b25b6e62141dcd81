import { setTimeout as sleep } from "node:timers/promises";

import { expect, test } from "vitest";

import { compileApart } from "../../src/compile/compile-apart.ts";

test("an answer that comes while this thread is busy is not lost behind the end of the other one", async () => {
  const compiling = compileApart([], new AbortController().signal);
  compiling.catch(() => {});
  await sleep(20);
  // Long enough for the other thread to begin, to answer and to end.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3000);
  await expect(compiling).rejects.toThrow("the index holds no designation that can be found");
}, 20_000);
