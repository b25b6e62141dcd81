import { CordonError } from "@cordon/errors";
import { retryUntilAvailable, type Waited } from "@cordon/service";
import { describe, expect, test } from "vitest";

const away = (): CordonError => new CordonError("REDIS_UNAVAILABLE", "away");

function failing(times: number, error: () => Error): () => Promise<string> {
  let left = times;
  return () => (left-- > 0 ? Promise.reject(error()) : Promise.resolve("done"));
}

describe("patience", () => {
  test("waits longer each time, up to a limit, and says when the waiting is over", async () => {
    const waits: Waited[] = [];
    const resumed: number[] = [];
    const result = await retryUntilAvailable("Redis", failing(4, away), {
      signal: new AbortController().signal,
      onWait: (event) => void waits.push(event),
      onResume: ({ attempts }) => void resumed.push(attempts),
      firstMs: 1,
      mostMs: 3,
      chance: () => 1,
    });
    expect(result).toBe("done");
    expect(waits.map(({ nextInMs }) => nextInMs)).toEqual([1, 2, 3, 3]);
    expect(waits[0]).toMatchObject({ what: "Redis", code: "REDIS_UNAVAILABLE", attempt: 1 });
    expect(resumed).toEqual([5]);
  });

  test.each([
    ["a code that halts", () => new CordonError("CONTRACT_VIOLATED", "no")],
    ["an error of no code", () => new RangeError("a bug")],
  ])("waits out no %s", async (_, error) => {
    const waits: Waited[] = [];
    const options = { signal: new AbortController().signal, onWait: (event: Waited) => void waits.push(event) };
    await expect(retryUntilAvailable("Redis", failing(1, error), options)).rejects.toThrow(error().message);
    expect(waits).toEqual([]);
  });

  test("ends with the signal's reason, though it makes the first attempt even when told to stop", async () => {
    const controller = new AbortController();
    controller.abort(new Error("told to stop"));
    const options = { signal: controller.signal, onWait: () => {}, firstMs: 60_000 };
    expect(await retryUntilAvailable("Redis", failing(0, away), options)).toBe("done");
    await expect(retryUntilAvailable("Redis", failing(9, away), options)).rejects.toThrow("told to stop");
  });
});
