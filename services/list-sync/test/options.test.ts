import { expect, test } from "vitest";

import { readTask, usage } from "../src/options.ts";

test.each([
  { args: [], task: { kind: "keep" } },
  { args: ["--help"], task: { kind: "help" } },
  { args: ["--once"], task: { kind: "once", release: false, sameLists: false } },
  { args: ["--once", "--release", "--same-lists"], task: { kind: "once", release: true, sameLists: true } },
  { args: ["--rollback", "7"], task: { kind: "rollback", version: "7" } },
])("$args is understood", ({ args, task }) => {
  expect(readTask(args)).toEqual(task);
});

test.each([["--twice"], ["7"], ["--release"], ["--same-lists"], ["--rollback"], ["--once", "--rollback", "7"]])(
  "%s %s %s is refused",
  (...args) => {
    expect(() => readTask(args)).toThrow(expect.objectContaining({ code: "CONFIG_INVALID" }));
  },
);

test("the usage names every option", () => {
  for (const option of ["--once", "--release", "--same-lists", "--rollback", "--help"]) expect(usage).toContain(option);
});
