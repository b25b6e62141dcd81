import { readRequest } from "@cordon/cli";
import { describe, expect, test } from "vitest";

import { cordon } from "../run-cordon.ts";

const now = Date.UTC(2026, 10, 27, 12);

describe("the arguments of cordon rescreen", () => {
  test.each([
    ["90m", "2026-11-27T10:30:00.000Z"],
    ["36h", "2026-11-26T00:00:00.000Z"],
    ["7d", "2026-11-20T12:00:00.000Z"],
    ["2026-11-27", "2026-11-27T00:00:00.000Z"],
    ["2026-11-27T09:00Z", "2026-11-27T09:00:00.000Z"],
    ["2026-11-27T09:00:30+02:00", "2026-11-27T07:00:30.000Z"],
  ])("--since %s is %s", (text, expected) => {
    const request = readRequest(["--held", "--since", text], now);
    expect(request === "help" ? "" : new Date(request.since ?? 0).toISOString()).toBe(expected);
  });

  test.each([
    [[], "one of --held and --dead-letters"],
    [["--held", "--dead-letters"], "one of --held and --dead-letters"],
    [["--held", "more"], "not an option"],
    [["--held", "--since", "yesterday"], "--since"],
    [["--held", "--since", "2026-11-27T09:00"], "with its zone"],
    [["--held", "--since", "2026-13-01"], "--since"],
    [["--held", "--since", "2026-11-28"], "yet to come"],
    [["--held", "--reason", "WHATEVER"], "INDEX_STALE"],
    [["--dead-letters", "--reason", "INDEX_STALE"], "goes with --held"],
    [["--held", "--since", "1h", "--since", "2h"], "twice"],
  ])("%j is refused", (args, message) => {
    expect(() => readRequest(args, now)).toThrow(message);
  });

  test("--help tells the exit codes, and a service that is not named is bad usage", async () => {
    expect(await cordon(["rescreen", "--help"])).toMatchObject({ code: 0, out: expect.stringContaining("Exit code:") });
    const { code, err } = await cordon(["rescreen", "--held"]);
    expect(code).toBe(2);
    expect(err).toMatch(/KAFKA_BROKERS[^]*SCHEMA_REGISTRY_URL[^]*REDIS_URL/);
  });
});
