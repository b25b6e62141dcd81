import { CordonError } from "@cordon/errors";
import { createLogger, type RootLogger, silentLogger } from "@cordon/service";
import { beforeEach, describe, expect, test } from "vitest";

describe("a logger", () => {
  let lines: string[];
  let logger: RootLogger;

  beforeEach(() => {
    lines = [];
    logger = createLogger({ service: "screener", destination: { write: (line) => void lines.push(line) } });
  });

  const last = (): Record<string, unknown> => JSON.parse(lines.at(-1) ?? "null") as Record<string, unknown>;

  test("writes one line of JSON with time, level, service, message and fields", () => {
    logger.info("listening", { url: "http://127.0.0.1:9464", port: 9464 });
    expect(lines).toHaveLength(1);
    expect(lines[0]?.endsWith("}\n")).toBe(true);
    const { time, ...rest } = last();
    expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(rest).toEqual({
      level: "info",
      service: "screener",
      msg: "listening",
      url: "http://127.0.0.1:9464",
      port: 9464,
    });
  });

  test("keeps to its level, which can follow the configuration", () => {
    logger.debug("unheard");
    logger.setLevel("debug");
    logger.debug("heard");
    logger.setLevel("error");
    logger.warn("unheard");
    logger.error("heard too");
    expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(["heard", "heard too"]);
  });

  test("a child adds its fields, follows the level, and the call's own fields win", () => {
    const child = logger.child({ topic: "payments.v1", partition: 1 }).child({ partition: 2 });
    child.warn("behind", { lag: 3 });
    expect(last()).toMatchObject({ level: "warn", topic: "payments.v1", partition: 2, lag: 3 });
    child.warn("behind", { partition: 9 });
    expect(last()).toMatchObject({ partition: 9 });
    logger.setLevel("error");
    child.warn("unheard");
    expect(lines).toHaveLength(2);
  });

  test.each([
    "password",
    "KAFKA_SASL_PASSWORD",
    "clientSecret",
    "accessToken",
    "authorization",
    "Authorisation",
    "privateKey",
    "private_key",
    "credentials",
    "sasl",
    "key",
  ])("blanks out %s, however deep", (name) => {
    logger.info("connecting", { [name]: "hunter2", config: { kafka: [{ [name]: { deeper: "hunter2" } }] } });
    expect(lines.join("")).not.toContain("hunter2");
    expect(last()).toMatchObject({ [name]: "[redacted]", config: { kafka: [{ [name]: "[redacted]" }] } });
  });

  test("leaves alone what only resembles a secret", () => {
    logger.info("registered", { keyMismatches: 3, keyPrefix: "cordon:", password: null, tokens: 4 });
    expect(last()).toMatchObject({ keyMismatches: 3, keyPrefix: "cordon:", password: null });
  });

  test("blanks out the credentials in an address, wherever it stands", () => {
    logger.error("cannot reach redis://cordon:hunter2@cache:6379/0", {
      url: "https://user:hunter2@registry/apis",
      error: new Error("connect to rediss://:hunter2@cache failed", { cause: new Error("https://a:hunter2@b") }),
    });
    expect(lines.join("")).not.toContain("hunter2");
    expect(last()).toMatchObject({ url: "https://[redacted]@registry/apis" });
  });

  test("spells out an error: code, message, details, frames and causes", () => {
    const cause = Object.assign(new Error("connect ECONNREFUSED"), {
      code: "ECONNREFUSED",
      request: { body: "private" },
    });
    const error = new CordonError("REDIS_UNAVAILABLE", "Redis failed", { details: { attempts: 3 }, cause });
    logger.error("failed", { error });
    expect(last()["error"]).toEqual({
      name: "CordonError",
      code: "REDIS_UNAVAILABLE",
      message: "Redis failed",
      details: { attempts: 3 },
      stack: expect.stringMatching(/^at /),
      cause: {
        name: "Error",
        code: "ECONNREFUSED",
        message: "connect ECONNREFUSED",
        stack: expect.stringMatching(/^at /),
      },
    });
    expect(lines.join("")).not.toContain("private");
  });

  test("bounds what it writes: depth, width, length, causes, and circles", () => {
    const circle: Record<string, unknown> = {};
    circle["self"] = circle;
    let error = new Error("innermost");
    for (let depth = 0; depth < 100; depth += 1) error = new Error(`level ${String(depth)}`, { cause: error });
    logger.info("much", {
      circle,
      error,
      long: "x".repeat(1_000_000),
      wide: Array.from({ length: 100_000 }, (_, index) => index),
      bytes: Buffer.alloc(1_000_000),
    });
    expect(lines[0]?.length).toBeLessThan(100_000);
    expect(last()).toMatchObject({ bytes: "[1000000 bytes]" });
  });

  test("writes what JSON has no form for", () => {
    logger.info("odd", {
      offset: 12n,
      at: new Date(0),
      never: new Date(Number.NaN),
      call: () => 1,
      nothing: undefined,
    });
    expect(last()).toMatchObject({ offset: "12", at: "1970-01-01T00:00:00.000Z", never: null, call: "[function]" });
    logger.error("thrown", { error: "not an error" });
    expect(last()).toMatchObject({ error: "not an error" });
  });

  test("cannot be made to start a second line", () => {
    logger.info('two\nlines"}', { field: "\n{" });
    expect(lines.join("").split("\n")).toHaveLength(2);
  });
});

test("the silent logger says nothing and has children like itself", () => {
  silentLogger.error("nothing", { error: new Error("nothing") });
  expect(silentLogger.child({ a: 1 })).toBe(silentLogger);
});
