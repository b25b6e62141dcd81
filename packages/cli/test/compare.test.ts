import { writeFileSync } from "node:fs";

import { compileSearchOptions, designationId, scanEverything, newDesignation } from "@cordon/matching";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { cordon, type Folder, temporaryFolder } from "./run-cordon.ts";

let folder: Folder;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => {
  folder.remove();
});

interface Compared {
  readonly score: number;
  readonly type: string;
  readonly hold?: string;
  readonly reasons: readonly { readonly kind: string; readonly points: number }[];
}

async function compared(...args: readonly string[]): Promise<Compared> {
  const ran = await cordon(["compare", ...args]);
  expect(ran).toMatchObject({ code: 0, err: "" });
  return JSON.parse(ran.out) as Compared;
}

describe("cordon compare with two names", () => {
  test("gives what a search of a list with that one name would give", async () => {
    const payment = "Wladimir Ivan Example";
    const listed = "Vladimir Ivanovich EXAMPLE";
    const { score, reasons } = await compared(payment, listed, "--type", "person");
    const designation = newDesignation({
      id: designationId("uk", "TST0001"),
      list: "uk",
      type: "PERSON",
      names: [{ text: listed, kind: "PRIMARY", strength: "UNKNOWN" }],
      regime: "Test",
    });
    const found = scanEverything([designation], payment, compileSearchOptions({ threshold: 50 }));
    expect(found.kind === "matches" && found.matches[0]?.score).toBe(Math.round(score * 100));
    expect(reasons.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(score, 6);
  });

  test("scores below the threshold too, and nothing in common as 0", async () => {
    const { score } = await compared("Anna Maria Quint", "Anna Zebrowska", "--type", "person");
    expect(score).toBeGreaterThan(0);
    expect(score).toBeLessThan(60);
    expect(await compared("Anna", "Qwzx Vbnm")).toMatchObject({ score: 0, reasons: [] });
  });

  test("is not symmetric in what is missing, and depends on the type", async () => {
    const extraInList = await compared("Anna Example", "Anna Example Trading", "--type", "person");
    const extraInPayment = await compared("Anna Example Trading", "Anna Example", "--type", "person");
    expect(extraInList.score).toBeGreaterThan(extraInPayment.score);
    const vessel = await compared("Anna Example Trading", "Anna Example", "--type", "vessel");
    expect(vessel).toMatchObject({ type: "vessel" });
    expect(vessel.score).not.toBe(extraInPayment.score);
  });

  test("tells a person the reasons as a table", async () => {
    const ran = await cordon(["compare", "--explain", "Anna Example", "ANNA EXAMPLE"]);
    expect(ran.out).toMatch(/^ 100\.00 {2}score as person\n( +\d+\.\d\d {2}exact: .+\n){2}$/);
  });

  test("says why a name cannot be compared", async () => {
    expect(await compared("***", "Anna")).toMatchObject({ score: 0, hold: "NAME_UNREADABLE" });
    expect(await compared("a b ".repeat(100), "Anna")).toMatchObject({ score: 0, hold: "QUERY_TOO_BROAD" });
  });

  test.each([
    [["Anna"]],
    [["Anna", "Maria", "Quint"]],
    [["Anna", "Anna", "--type", "ship"]],
    [["--pairs", "x.csv", "Anna", "Anna"]],
    [["--pairs", "/nowhere/x.csv"]],
  ])("refuses %j", async (args) => {
    const ran = await cordon(["compare", ...args]);
    expect(ran).toMatchObject({ code: 2, out: "" });
    expect(ran.err).toMatch(/^cordon: /);
  });
});

const pairs = async (text: string) => {
  writeFileSync(folder.path("pairs.csv"), text);
  return await cordon(["compare", "--pairs", folder.path("pairs.csv")]);
};

describe("cordon compare --pairs", () => {
  test("writes the same rows with the score appended, columns in any order, quoted text kept", async () => {
    const ran = await pairs(
      'id,schema,name2,name1,note\r\n1,Person,"EXAMPLE, Anna",Anna Example,"a ""b"""\r\n2,Company,Acme Ltd,Acme Limited,\r\n3,,Qwzx,Anna,"two\nlines"\r\n',
    );
    expect(ran).toMatchObject({ code: 0, err: "" });
    expect(ran.out).toBe(
      'id,schema,name2,name1,note,score\n1,Person,"EXAMPLE, Anna",Anna Example,"a ""b""",100.00\n2,Company,Acme Ltd,Acme Limited,,100.00\n3,,Qwzx,Anna,"two\nlines",0.00\n',
    );
  });

  test("scores each pair as two names on the command line", async () => {
    const ran = await pairs("name1,name2,schema\nAnna Example Trading,Anna Example,Vessel\n");
    const { score } = await compared("Anna Example Trading", "Anna Example", "--type", "vessel");
    expect(ran.out.trimEnd().split(",").at(-1)).toBe(score.toFixed(2));
  });

  test("reads stdin for -", async () => {
    const ran = await cordon(["compare", "--pairs", "-"], "name1,name2\nAnna,Anna");
    expect(ran.out).toBe("name1,name2,score\nAnna,Anna,100.00\n");
  });

  test.each([
    ["", /empty/],
    ["name1,other\nAnna,Anna\n", /line 1/],
    ["name1,name2,score\nAnna,Anna,1\n", /line 1/],
    ["name1,name2\nAnna,Anna\nAnna\n", /line 3 has 1 cells/],
    ['name1,name2\nAnna,"Anna\n', /quoted/],
  ])("refuses %j with the line", async (text, message) => {
    const ran = await pairs(text);
    expect(ran.code).toBe(2);
    expect(ran.err).toMatch(message);
  });
});

describe("cordon compare --method ofac", () => {
  test("gives a whole percent, and reasons whose points sum to it", async () => {
    for (const [payment, listed] of [
      ["Anna Exampel", "EXAMPLE, Anna"],
      ["EXAMPLE TRADING", "EXAMPLE TRADE HOLDING"],
      ["Quint", "ZEBROWSKA, Anna"],
    ] as const) {
      const { score, reasons } = await compared("--method", "ofac", payment, listed);
      expect(Number.isInteger(score)).toBe(true);
      expect(reasons.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(score, 6);
    }
  });

  test("scores a table, with the column appended as ever", async () => {
    writeFileSync(folder.path("ofac.csv"), 'name1,name2\nAnna Example,"EXAMPLE, Anna"\n');
    const { out } = await cordon(["compare", "--method", "ofac", "--pairs", folder.path("ofac.csv")]);
    expect(out).toBe('name1,name2,score\nAnna Example,"EXAMPLE, Anna",100.00\n');
  });

  test("explains the parts, and refuses a type and a method that there is not", async () => {
    const told = await cordon(["compare", "--method", "ofac", "--explain", "Anna Exampel", "EXAMPLE, Anna"]);
    expect(told.out).toMatch(/score by OFAC's method\n.*name-part: ANNA and ANNA: 100\.00 %, sounds alike/);
    expect(await cordon(["compare", "--method", "ofac", "--type", "person", "a", "b"])).toMatchObject({ code: 2 });
    expect(await cordon(["compare", "--method", "best", "a", "b"])).toMatchObject({ code: 2 });
  });
});
