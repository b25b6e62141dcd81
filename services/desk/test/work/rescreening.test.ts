import { expect, test } from "vitest";

import { createRescreening, type RescreenEnd } from "../../src/work/rescreening.ts";
import type { CordonRun, RunCordon } from "../../src/work/run-cordon.ts";

/** A command that ends each time it is told to, with that code. */
function setUp(mostWaiting = 3) {
  const runs: { readonly events: readonly string[]; readonly end: (code: number, stdout?: string) => void }[] = [];
  const run: RunCordon = (args, options) =>
    new Promise<CordonRun>((resolve) => {
      const ends = (code: number, stdout = ""): void => resolve({ code, stdout, said: "" });
      runs.push({ events: args.flatMap((one) => one.match(/^--event=(.*)$/s)?.slice(1) ?? []), end: ends });
      options?.signal?.addEventListener("abort", () => ends(127));
    });
  const ended: string[] = [];
  const said: string[] = [];
  const held: string[] = [];
  const pauses: number[] = [];
  const rescreening = createRescreening({
    run,
    logger: { warn: () => undefined, error: (text) => void said.push(text) },
    onEnd: (how: RescreenEnd, events) => void ended.push(`${how} ${String(events)}`),
    tell: (left) => {
      held.push(...left.map(({ eventId, how }) => `${eventId} ${how}`));
      return held.includes("x held still") ? Promise.reject(new Error("the database is away")) : Promise.resolve();
    },
    mostWaiting,
    pause: (milliseconds) => {
      pauses.push(milliseconds);
      return Promise.resolve();
    },
  });
  const noted: string[] = [];
  const ask = (eventId: string) =>
    rescreening.ask(eventId, () => {
      noted.push(eventId);
      return Promise.resolve();
    });
  return { rescreening, ask, runs, ended, said, held, noted, pauses };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("who asks while too many wait is told so, and it is not noted; later there is room again", async () => {
  const { ask, runs, noted, ended } = setUp();
  for (const one of ["a", "b", "c", "a"]) await ask(one);
  await expect(ask("d")).rejects.toMatchObject({ code: "TOO_MANY" });
  expect([noted, ended]).toEqual([["a", "b", "c", "a"], ["refused 1"]]);
  for (let at = 0; at < 2; at++) {
    // One that was in hand when it was asked for anew is screened once more.
    runs[at]?.end(0);
    await turn();
  }
  await ask("d");
  await turn();
  expect(runs.flatMap(({ events }) => events)).toEqual(["a", "b", "c", "a", "d"]);
});

test.each(Array.from({ length: 12 }, (_, at) => at))(
  "who asks %i turns behind the end of a run has the event screened, too",
  async (turns) => {
    const { rescreening, ask, runs } = setUp();
    await ask("a");
    runs[0]?.end(0);
    await rescreening.ask("b", async () => {
      for (let at = 0; at < turns; at++) await Promise.resolve();
    });
    await turn();
    expect(runs.map(({ events }) => events)).toEqual([["a"], ["b"]]);
  },
);

test("what a run did not free is told, and what it decided is not", async () => {
  const { ask, runs, held } = setUp(10);
  for (const one of ["a", "b", "c", "d"]) await ask(one);
  runs[0]?.end(1, `${JSON.stringify({ heldStill: ["a"], gone: [] })}\n`);
  await turn();
  runs[1]?.end(1, `${JSON.stringify({ heldStill: ["c", "z"], gone: [{ eventId: "d" }] })}\n`);
  await turn();
  expect(held).toEqual(["a held still", "c held still", "d record gone"]);
});

test.each([`${JSON.stringify({ heldStill: ["x"], gone: [] })}\n`, "no JSON"])(
  "that %j cannot be told keeps nobody from the next run",
  async (said) => {
    const { ask, runs } = setUp();
    await ask("x");
    await ask("b");
    runs[0]?.end(1, said);
    await turn();
    expect(runs.map(({ events }) => events)).toEqual([["x"], ["b"]]);
  },
);

test("what is given up is told, and what the desk leaves undone when it ends", async () => {
  const { rescreening, ask, runs, held } = setUp();
  await ask("a");
  for (let tried = 0; tried < 5; tried++) {
    runs[tried]?.end(2);
    await turn();
  }
  expect(held).toEqual(["a rescreen failed"]);
  await ask("b");
  await rescreening.close();
  expect(held).toEqual(["a rescreen failed", "b rescreen failed"]);
});

test("of many who ask at once no more get in than there is room for", async () => {
  const { ask } = setUp();
  const asked = await Promise.allSettled(["a", "b", "c", "d", "e"].map(ask));
  expect(asked.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "fulfilled", "rejected", "rejected"]);
});

test("what could not be noted is not screened, and leaves its place", async () => {
  const { rescreening, ask, runs } = setUp(1);
  const refused = rescreening.ask("a", () => Promise.reject(new Error("the database is away")));
  await expect(refused).rejects.toThrow("the database is away");
  await ask("b");
  expect(runs.map(({ events }) => events)).toEqual([["b"]]);
});

test("a run that fails is tried again, and what is given up is told and counted", async () => {
  const { ask, runs, ended, said, pauses } = setUp();
  await ask("a");
  runs[0]?.end(2);
  await turn();
  runs[1]?.end(1);
  await turn();
  expect([runs.length, ended, said]).toEqual([2, ["done 1"], []]);
  await ask("b");
  for (let at = 2; at < 7; at++) {
    await turn();
    runs[at]?.end(2);
  }
  await turn();
  expect(runs.map(({ events }) => events)).toEqual([["a"], ["a"], ["b"], ["b"], ["b"], ["b"], ["b"]]);
  expect(ended).toEqual(["done 1", "failed 1"]);
  expect(said).toHaveLength(1);
  expect(pauses.length).toBe(5);
});

test("what was not done when the desk ends is told and counted", async () => {
  const { rescreening, ask, ended, said } = setUp();
  for (const one of ["a", "b"]) await ask(one);
  await rescreening.close();
  expect([ended, said.length]).toEqual([["left 2"], 1]);
});

test("an id that looks like an option is an id", async () => {
  const { ask, runs } = setUp();
  await ask("--held=false");
  expect(runs[0]?.events).toEqual(["--held=false"]);
});
