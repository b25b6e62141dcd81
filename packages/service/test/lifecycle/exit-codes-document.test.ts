import { readFileSync } from "node:fs";

import { exitCodes } from "@cordon/service";
import { expect, test } from "vitest";

const document = readFileSync(new URL("../../../../docs/specs/errors.md", import.meta.url), "utf8");

test("docs/specs/errors.md has a row for each exit code, and for no other", () => {
  const [, section = ""] = document.split("## Exit codes\n");
  const [table = ""] = section.split("\n## ");
  const documented = [...table.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
  expect(documented).toEqual(Object.values(exitCodes));
});
