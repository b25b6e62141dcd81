export interface TestRun {
  /** Whether vitest ended with 0. */
  readonly exitedWell: boolean;
  /** Text of vitest's JSON report, if it wrote one. */
  readonly report: string | undefined;
}

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/**
 * vitest's report calls a run a success in which an error was left unhandled, and counts no failure for a file that does
 * not load or services that do not come up: so its exit code counts too, and so does a report that is missing or empty.
 */
export function countTests({ exitedWell, report }: TestRun): Counts {
  const passed = countIn(report, "numPassedTests");
  const failed = countIn(report, "numFailedTests");
  const ranWell = exitedWell && passed > 0;
  return { passed, failed: ranWell ? failed : Math.max(1, failed) };
}

function countIn(report: string | undefined, key: string): number {
  try {
    const count = Number((JSON.parse(report ?? "") as Record<string, unknown>)[key]);
    return Number.isSafeInteger(count) ? count : 0;
  } catch {
    return 0;
  }
}
