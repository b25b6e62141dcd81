import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { describe, expect, test } from "vitest";

import { areas } from "../../mutation/areas.ts";
import { killedPercent, mutatedFiles, type MutationReport } from "../../mutation/report.ts";

const source = "const held =\n  score > limit;\n";
const place = { start: { line: 2, column: 3 }, end: { line: 2, column: 16 } };
const reportOf = (...states: readonly string[]): MutationReport => ({
  files: {
    "a.ts": {
      source,
      mutants: states.map((status) => ({
        mutatorName: "EqualityOperator",
        status,
        replacement: "score >= limit",
        location: place,
      })),
    },
  },
});

describe("the report of conditions under mutation", () => {
  test("counts what fails a test or never ends as noticed, and what no test runs as not noticed", () => {
    const files = mutatedFiles(reportOf("Killed", "Timeout", "Survived", "NoCoverage", "Ignored"));
    expect(files).toMatchObject([{ path: "a.ts", killed: 2 }]);
    expect(files[0]!.survivors).toHaveLength(2);
    expect(killedPercent(files)).toBe(50);
  });

  test("rounds down, so that the goal is not reached by rounding", () => {
    const files = mutatedFiles(
      reportOf(...Array.from({ length: 1899 }, () => "Killed"), ...Array(101).fill("Survived")),
    );
    expect(killedPercent(files)).toBe(94.9);
  });

  test("is no proof when nothing was changed, or when a change could not be tried", () => {
    expect(killedPercent([])).toBe(0);
    expect(() => mutatedFiles(reportOf("Killed", "RuntimeError"))).toThrow("a mutant of a.ts is RuntimeError");
  });

  test("shows what was written and what it was changed to", () => {
    const [file] = mutatedFiles(reportOf("Survived"));
    expect(file?.survivors).toEqual([{ line: 2, original: "score > limit", replacement: "score >= limit" }]);
  });
});

test("every file that an area names, to be changed or to be run, is there", () => {
  const root = fileURLToPath(new URL("../../../", import.meta.url));
  for (const pattern of areas.flatMap(({ files, tests }) => [...files, ...tests])) {
    const [, before = pattern, inBraces = "", after = ""] = /^(.*)\{(.*)\}(.*)$/.exec(pattern) ?? [];
    const named = inBraces.split(",").map((name) => `${before}${name}${after}`);
    for (const file of named) expect([file, globSync(file, { cwd: root }).length > 0]).toEqual([file, true]);
  }
});
