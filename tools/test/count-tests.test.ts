import { expect, test } from "vitest";

import { countTests } from "../count-tests.ts";

const report = (passed: number, failed: number): string =>
  JSON.stringify({ numPassedTests: passed, numFailedTests: failed, success: true });

test("a good run counts what its report says", () => {
  expect(countTests({ exitedWell: true, report: report(12, 0) })).toEqual({ passed: 12, failed: 0 });
});

test("failed tests are counted once, not again for the exit code they cause", () => {
  expect(countTests({ exitedWell: false, report: report(10, 2) })).toEqual({ passed: 10, failed: 2 });
});

test("a run that exits badly is a failure even if its report counts none", () => {
  expect(countTests({ exitedWell: false, report: report(12, 0) })).toEqual({ passed: 12, failed: 1 });
});

test.each([undefined, "", "{", "{}", "null", report(0, 0), '{"numPassedTests":"many"}'])(
  "a report that counts no test is a failure: %s",
  (text) => {
    expect(countTests({ exitedWell: true, report: text })).toEqual({ passed: 0, failed: 1 });
  },
);
