import { createReadStream, existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { describe, expect, test } from "vitest";

import {
  parseOpenSanctions,
  parseOpenSanctionsFiles,
  readOpenSanctionsDeltas,
  versionsSince,
} from "../../src/index.ts";

const samples = fileURLToPath(new URL("../../../../../shared/data/lists/opensanctions/", import.meta.url));
const present = existsSync(samples);
const reason = present ? "" : " (skipped: ../shared/data is absent)";

const file = (name: string): AsyncIterable<Uint8Array> => createReadStream(`${samples}${name}`);
const base = "zala.entities.ftm.json";

describe.skipIf(!present)(`OpenSanctions' samples${reason}`, () => {
  test("have 13 listed entities out of 91, and nothing about them that is not understood but an empty passport", async () => {
    const list = await parseOpenSanctions(file(base));
    expect(list.counts).toMatchObject({ rows: 91, designations: 13, byType: { PERSON: 6, ORGANISATION: 7 } });
    expect(list.unknown).toEqual({ "Passport without a number": 1 });
    expect(list.notKept).toMatchObject({ "entity Ownership": 14, "entity Directorship": 3, "entity Family": 4 });
  });

  test("have an index of five versions, of which three deltas add four entities", async () => {
    const index = await readOpenSanctionsDeltas(file("t2.delta.json"));
    expect(index).toHaveLength(5);
    expect(versionsSince(index, "20240528074703-npf")?.map(({ version }) => version)).toEqual(["20240528134729-3iv"]);
    const kept = ["20240527194702-wnk", "20240528014702-pfh", "20240528134729-3iv"];
    const list = await parseOpenSanctionsFiles({
      entities: file(base),
      deltas: kept.map((version) => file(`t2.${version}.entities.delta.json`)),
    });
    expect(list.counts.designations).toBe(17);
  });
});
