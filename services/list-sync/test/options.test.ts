import { expect, test } from "vitest";

import { readTask, usage } from "../src/options.ts";

test.each([
  { args: [], task: { kind: "keep" } },
  { args: ["--help"], task: { kind: "help" } },
  { args: ["--once"], task: { kind: "once", release: false, sameLists: false, releaseLists: [], because: null } },
  {
    args: ["--once", "--release", "--same-lists"],
    task: { kind: "once", release: true, sameLists: true, releaseLists: [], because: null },
  },
  {
    args: ["--once", "--release-list", "uk", "--release-list", "un"],
    task: { kind: "once", release: false, sameLists: false, releaseLists: ["uk", "un"], because: null },
  },
  { args: ["--rollback", "7"], task: { kind: "rollback", version: "7", releaseLists: [], because: null } },
  {
    args: ["--rollback", "7", "--because", "a bad file"],
    task: { kind: "rollback", version: "7", releaseLists: [], because: "a bad file" },
  },
  {
    args: ["--rollback", "7", "--release-list", "eu"],
    task: { kind: "rollback", version: "7", releaseLists: ["eu"], because: null },
  },
])("$args is understood", ({ args, task }) => {
  expect(readTask(args)).toEqual(task);
});

test.each([
  ["--twice"],
  ["7"],
  ["--release"],
  ["--same-lists"],
  ["--release-list", "uk"],
  ["--once", "--release-list", "none"],
  ["--rollback"],
  ["--once", "--rollback", "7"],
  ["--once", "--because", "x"],
])("%s %s %s is refused", (...args) => {
  expect(() => readTask(args)).toThrow(expect.objectContaining({ code: "CONFIG_INVALID" }));
});

test("the usage names every option", () => {
  for (const option of ["--once", "--release", "--same-lists", "--release-list", "--rollback", "--because", "--help"])
    expect(usage).toContain(option);
});
