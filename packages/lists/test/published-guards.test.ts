import { createReadStream, existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { describe, expect, test } from "vitest";

import { describeChanges, diffDesignations, guardList, listSources, type ParsedList } from "../src/index.ts";

const shared = fileURLToPath(new URL("../../../../shared/data/lists/", import.meta.url));
const present = existsSync(shared);
const reason = present ? "" : " (skipped: ../shared/data is absent)";

const un = async (date: string): Promise<ParsedList> =>
  await listSources.un.parse(createReadStream(`${shared}un/consolidated_${date}.xml`));

describe.skipIf(!present)(`the guards of the complete lists${reason}`, () => {
  test("let each UN list pass after the one before, and name what was amended", async () => {
    const versions = [await un("20250419"), await un("20251120"), await un("20260227")];
    for (const [at, parsed] of versions.entries()) {
      const previous = versions[at - 1]?.designations;
      const guards = listSources.un.guards;
      const request = { parsed, previousEntries: previous?.length ?? null, maxShrinkPercent: 10 };
      expect(() =>
        guardList({
          ...request,
          ...(previous === undefined ? {} : { previous }),
          ...(guards === undefined ? {} : { guards }),
        }),
      ).not.toThrow();
    }
    const [april, november] = versions;
    const { amended } = diffDesignations(april?.designations ?? [], november?.designations ?? []);
    const changes = amended.flatMap(describeChanges).filter(({ field }) => field === "names");
    expect(changes).toHaveLength(2);
    expect(changes.every(({ added, removed }) => added.length + removed.length > 0)).toBe(true);
  });

  test("let the UK list pass", async () => {
    const parsed = await listSources.uk.parse(createReadStream(`${shared}uk/UK-Sanctions-List.csv`));
    const { guards } = listSources.uk;
    expect(guards).toBeDefined();
    expect(() =>
      guardList({
        parsed,
        previousEntries: null,
        maxShrinkPercent: 0,
        previous: parsed.designations,
        maxDriftPercent: 0,
        ...(guards === undefined ? {} : { guards }),
      }),
    ).not.toThrow();
  });
});
