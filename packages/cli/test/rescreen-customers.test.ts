import { writeFileSync } from "node:fs";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { cordon, type Folder, folderWithIndex } from "./run-cordon.ts";

let folder: Folder;
let index: string;
beforeAll(async () => {
  ({ folder, index } = await folderWithIndex());
});
afterAll(() => {
  folder.remove();
});

describe("cordon rescreen-customers with an index of a file", () => {
  test("answers each customer that hits in a line, and then counts", async () => {
    const lines = [
      { id: 1, name: "Jahović, Almir", type: "person" },
      { id: 2, name: "Amelia Whitfield" },
    ];
    const input = lines.map((line) => JSON.stringify(line)).join("\n");
    const ran = await cordon(["rescreen-customers", "-", "--index", index, "--hits", "--json"], input);
    const [hit, counts] = ran.out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
    expect(ran.code).toBe(0);
    expect(hit).toMatchObject({ id: "1", hits: [{ designationId: "uk:GIM0008", list: "uk", field: "party.name" }] });
    expect(counts).toMatchObject({ customers: 2, inFull: 2, found: 1 });
  });

  test("reads a table, tells lines that are no customers, and ends with 1 for them", async () => {
    writeFileSync(folder.path("c.csv"), "id,name,alias\n1,Amelia Whitfield,\n2,Oliver Baker,Olly\n");
    const ran = await cordon(["rescreen-customers", folder.path("c.csv"), "--index", index]);
    expect(ran.code).toBe(1);
    expect(ran.err).toMatch(/line 3 has a field "alias"/);
    expect(ran.out).toMatch(/customers +1\n/);
  });

  test.each([
    [[], "FILE"],
    [["--keep", "a", "--index", "x"], "--index"],
    [["a", "b"], "one FILE"],
    [["a", "--threshold", "90"], "--threshold"],
    [["a", "--format", "xml"], "--format"],
    [["/no/such/file", "--index", "INDEX"], "no such file"],
  ])("refuses %s", async (args, why) => {
    const { code, err } = await cordon(["rescreen-customers", ...args.map((arg) => (arg === "INDEX" ? index : arg))]);
    expect(code).toBe(2);
    expect(err).toContain(why);
  });
});
