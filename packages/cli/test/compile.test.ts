import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

import { openSnapshot } from "@cordon/matching";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { cordon, excerpt, type Folder, temporaryFolder } from "./run-cordon.ts";

let folder: Folder;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => {
  folder.remove();
});

const unList = `<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:00Z"><INDIVIDUALS><INDIVIDUAL>
<FIRST_NAME>Anna</FIRST_NAME><SECOND_NAME>Example</SECOND_NAME><UN_LIST_TYPE>Al-Qaida</UN_LIST_TYPE>
<REFERENCE_NUMBER>QDi.999</REFERENCE_NUMBER></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>`;

function ofacFolder(name: string): string {
  const path = folder.path(name);
  mkdirSync(path);
  const none = "-0- ";
  const nulls = Array.from({ length: 7 }, () => none).join(",");
  writeFileSync(`${path}/SDN.CSV`, `7,"EXAMPLE TRADING",${none},"TEST",${nulls},"a.k.a. 'EXT'."\r\n\u001a`);
  writeFileSync(`${path}/alt.csv`, `7,1,"aka","EXAMPLE TRADERS",${none}\r\n\u001a`);
  writeFileSync(`${path}/add.csv`, `7,1,${none},${none},"Nowhere",${none}\r\n\u001a`);
  writeFileSync(`${path}/sdn_comments.csv`, "");
  return path;
}

describe("cordon compile", () => {
  test("makes one index of several lists and tells their counts as JSON", async () => {
    writeFileSync(folder.path("un.xml"), unList);
    const out = folder.path("index");
    const lists = [excerpt, `un=${folder.path("un.xml")}`, `ofac=${ofacFolder("ofac")}`];
    const ran = await cordon(["compile", ...lists.flatMap((list) => ["--list", list]), "--out", out]);
    expect(ran).toMatchObject({ code: 0, err: "" });
    const counts = JSON.parse(ran.out) as Record<string, unknown>;
    expect(counts).toMatchObject({
      lists: {
        uk: { designations: 38, names: 67, rows: 69, publishedAt: "2026-04-29" },
        un: { designations: 1, names: 1 },
        ofac: { designations: 1, names: 3 },
      },
      designations: 40,
      names: 71,
      withoutComparableName: 0,
    });
    const bytes = readFileSync(out);
    expect(counts["bytes"]).toBe(bytes.byteLength);
    expect([...openSnapshot(bytes).designations()].map(({ id }) => id)).toContain("ofac:7");
    expect(readdirSync(dirname(out)).filter((name) => name.endsWith(".fresh"))).toEqual([]);

    const again = await cordon(["compile", ...lists.toReversed().flatMap((list) => ["--list", list]), "--out", out]);
    expect((JSON.parse(again.out) as Record<string, unknown>)["version"]).toBe(counts["version"]);
  });

  test("leaves the index that was there when a list cannot be right, and exits with 2", async () => {
    const out = folder.path("kept");
    writeFileSync(out, "as it was");
    writeFileSync(folder.path("page.html"), "<html>Not found</html>");
    writeFileSync(folder.path("empty.csv"), "");
    const broken = ofacFolder("broken");
    writeFileSync(`${broken}/alt.csv`, `8,1,"aka","EXAMPLE TRADERS",-0- \r\n\u001a`);
    for (const [list, message] of [
      [`uk=${folder.path("page.html")}`, /root element other than Designations/],
      [`uk=${folder.path("empty.csv")}`, /no content/],
      [`uk=${folder.path("absent.csv")}`, /absent\.csv: no such file or directory$/m],
      [`ofac=${broken}`, /alt\.csv.* line 1/],
      [`ofac=${folder.path("page.html")}`, /root element other than sdnList/],
      [`ofac=${folder.path("")}`, /no sdn\.csv/],
    ] as const) {
      const ran = await cordon(["compile", "--list", list, "--out", out]);
      expect(ran).toMatchObject({ code: 2, out: "" });
      expect(ran.err).toMatch(message);
      expect(ran.err.trim().split("\n")).toHaveLength(1);
    }
    expect(readFileSync(out, "utf8")).toBe("as it was");
  });

  test.each([
    [[], /--list NAME=PATH is missing/],
    [["--list", excerpt], /--out FILE is missing/],
    [["--list", "uk", "--out", "x"], /NAME=PATH/],
    [["--list", "mars=x", "--out", "x"], /not "mars"/],
    [["--list", excerpt, "--list", excerpt, "--out", "x"], /given twice/],
    [["--list", excerpt, "--out", "x", "--out", "y"], /given twice/],
    [["--list", excerpt, "--out", "/nowhere/at/all"], /--out/],
    [["--list", excerpt, "more", "--out", "x"], /more/],
    [["--lists"], /--lists/],
  ])("refuses %j with 2 and a word of why", async (args, message) => {
    const ran = await cordon(["compile", ...args]);
    expect(ran).toMatchObject({ code: 2, out: "" });
    expect(ran.err).toMatch(message);
  });
});

test.each(["compile", "screen", "compare"])("cordon %s --help tells its exit codes, and exits with 0", async (name) => {
  const ran = await cordon([name, "--help"]);
  expect(ran).toMatchObject({ code: 0, err: "" });
  expect(ran.out).toContain(`cordon ${name}`);
  expect(ran.out).toContain("Exit code: 0");
  expect((await cordon(["--help"])).out).toContain(`cordon ${name}`);
});

test.each([[[]], [["toString"]], [["scream"]]])("cordon %j is bad usage", async (args) => {
  expect(await cordon(args)).toMatchObject({ code: 2, out: "" });
});
