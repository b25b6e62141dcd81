import { assertNever, CordonError, dispositionOf, errorCatalogue, type ErrorCode } from "@cordon/errors";
import { describe, expect, test } from "vitest";

describe("an error with a code", () => {
  test("carries code, message, details and cause", () => {
    const cause = new Error("connect ECONNREFUSED");
    const error = new CordonError("REDIS_UNAVAILABLE", "Redis gave no answer", { details: { attempts: 3 }, cause });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: "CordonError",
      code: "REDIS_UNAVAILABLE",
      message: "Redis gave no answer",
      details: { attempts: 3 },
      cause,
    });
    expect(String(error)).toBe("CordonError: Redis gave no answer");
  });

  test("has no cause and no details where none are given", () => {
    const error = new CordonError("INDEX_ABSENT", "no index yet");
    expect("cause" in error).toBe(false);
    expect(error.details).toEqual({});
  });

  test.each(Object.keys(errorCatalogue) as ErrorCode[])("%s decides what happens next", (code) => {
    expect(dispositionOf(new CordonError(code, "x"))).toBe(errorCatalogue[code].disposition);
  });
});

describe("an error that nobody foresaw", () => {
  test.each([
    ["an Error", new Error("boom")],
    ["an Error with a code of ours", Object.assign(new Error("boom"), { code: "RECORD_UNDECODABLE" })],
    ["an object like ours", { name: "CordonError", code: "RECORD_UNDECODABLE" }],
    ["a string", "RECORD_UNDECODABLE"],
    ["null", null],
    ["undefined", undefined],
  ])("halts: %s", (_, error) => {
    expect(dispositionOf(error)).toBe("halt");
  });

  test("halts though its cause is one of ours", () => {
    expect(dispositionOf(new Error("boom", { cause: new CordonError("REDIS_UNAVAILABLE", "x") }))).toBe("halt");
  });
});

const call = (): never => assertNever("a party's name" as never);

test("a value outside its type halts, and is not shown", () => {
  expect(call).toThrow(expect.objectContaining({ code: "CONTRACT_VIOLATED" }));
  expect(call).toThrow(/^(?!.*party).*string$/);
});
