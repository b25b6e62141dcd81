import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { describe, expect, test } from "vitest";

import { ownColumnNames, ownColumns } from "../../src/own/columns.ts";
import { parseOwnList } from "../../src/own/parse.ts";
import type { ParseOptions } from "../../src/parse-options.ts";
import type { ParsedList } from "../../src/parsed-list.ts";
import { chunksOf, cutAt, errorOf, nameLines, onlyOne } from "../fixtures.ts";

const parse = async (content: string, options?: ParseOptions): Promise<ParsedList> =>
  await parseOwnList(chunksOf(content), options);

const spec = readFileSync(fileURLToPath(new URL("../../../../docs/specs/own-list.md", import.meta.url)), "utf8");

/** The rows of the table: column, values, example. */
const documented = [...spec.matchAll(/^\| `([a-z_]+)` \| ([^|]+) \| .* \| `(.*)` \|$/gm)].map(
  ([, column = "", values = "", example = ""]) => ({
    column,
    values: values.trim(),
    example: example.replaceAll(String.raw`\|`, "|"),
  }),
);

const exampleOf = (language: string): string => new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, "s").exec(spec)?.[1] ?? "";

/** A file of one entry; cells by column. */
function csvOf(cells: Readonly<Record<string, string>>): string {
  const row = { id: "T-1", type: "person", name: "Anna EXAMPLE", ...cells };
  return `${Object.keys(row).join(",")}\n${Object.values(row).join(",")}\n`;
}

describe("the specification of the own list", () => {
  test("has the columns of the code, which are required and which hold several values", () => {
    expect(documented.map(({ column, values }) => [column, values])).toEqual(
      ownColumnNames.map((column) => [
        column,
        ownColumns[column].required ? "one, required" : ownColumns[column].many ? "several" : "one",
      ]),
    );
  });

  test("has an example for every column that is read", async () => {
    const csv = `${documented.map(({ column }) => column).join(",")}\n${documented.map(({ example }) => `"${example}"`).join(",")}\n`;
    expect(onlyOne((await parse(csv)).designations)).toEqual({
      id: "own:FRAUD-0007",
      list: "own",
      type: "PERSON",
      names: [
        { text: "Anna EXAMPLE", kind: "PRIMARY", strength: "STRONG" },
        { text: "Ana EXAMPLE", kind: "VARIATION", strength: "STRONG" },
        { text: "Anna Sample", kind: "ALIAS", strength: "STRONG" },
        { text: "Anja Muster", kind: "ALIAS", strength: "STRONG" },
        { text: "Annie", kind: "ALIAS", strength: "WEAK" },
        { text: "Anna OLDNAME", kind: "FORMER", strength: "STRONG" },
      ],
      regime: "Fraud",
      regimeCode: "FRD",
      measures: ["No payments"],
      birthDates: [
        { date: "1980-01-31", until: null, approximate: false },
        { date: "1981", until: null, approximate: true },
        { date: "1979", until: "1982", approximate: false },
      ],
      nationalities: ["IQ", "IR"],
      identifiers: [
        { kind: "PASSPORT", value: "P0000001", note: null, country: "IQ" },
        { kind: "NATIONAL_ID", value: "0000002", note: null, country: "IQ" },
        { kind: "TAX_ID", value: "0000003", note: null },
        { kind: "REGISTRATION", value: "0000004", note: null, country: "GB" },
        { kind: "LEI", value: "00000000000000000098", note: null },
        { kind: "BIC", value: "TESTGB2L", note: null },
        { kind: "IBAN", value: "GB00TEST00000000000000", note: null },
        { kind: "IMO", value: "0000001", note: null },
        { kind: "MMSI", value: "000000001", note: null },
        { kind: "WALLET", value: "TESTwallet0000000001", note: null, currency: "XBT" },
        { kind: "PHONE", value: "+000 000 0000", note: null },
        { kind: "EMAIL", value: "anna@test.example", note: null },
        { kind: "OTHER", value: "000005", note: "customer number" },
      ],
      designatedOn: "2026-01-31",
      updatedOn: "2026-02-28",
      references: ["uk:GIM0014"],
      assetFreeze: false,
      addresses: [
        {
          text: "1 Test Street, Exampletown (IQ)".replace(" (IQ)", ", IQ"),
          city: null,
          postalCode: null,
          country: "IQ",
        },
      ],
      birthPlaces: ["Exampletown"],
      remarks: [{ label: "Remark", text: "See file 12." }],
    });
  });

  test("has a CSV and a JSON example of the same two parties", async () => {
    const [csv, json] = [await parse(exampleOf("csv")), await parse(exampleOf("json"))];
    expect(csv.designations.map(({ id }) => id)).toEqual(["own:FRAUD-0007", "own:FRAUD-0008"]);
    expect(json.designations.map(nameLines)).toEqual(csv.designations.map(nameLines));
    expect(json.designations[1]).toMatchObject({ assetFreeze: false, regime: "Own list" });
  });
});

describe("an own list", () => {
  test("reads the same with its columns in another order, and with its bytes cut anywhere", async () => {
    const content = '\uFEFFname,id,type,aliases\r\n"Ана, 金",T-1,VESSEL,a|b\r\n';
    const whole = await parse(content);
    expect(nameLines(onlyOne(whole.designations))).toHaveLength(3);
    for (let at = 0; at <= new TextEncoder().encode(content).length; at += 1)
      expect(await parseOwnList(cutAt(content, at))).toEqual(whole);
    const reordered = await parse('id,type,aliases,name\nT-1,vessel,a|b,"Ана, 金"\n');
    expect(reordered.designations).toEqual(whole.designations);
  });

  test("takes null and absent members of JSON for nothing", async () => {
    const list = await parse('\n{"id":"T-1","type":"aircraft","name":"EX-001","aliases":null,"measures":[]}');
    expect(onlyOne(list.designations)).toMatchObject({ type: "AIRCRAFT", measures: [], birthDates: [] });
  });
});

describe("an own list is refused", () => {
  test.each([
    ["type", "ship"],
    ["birth_dates", "31/01/1980"],
    ["birth_dates", "1980-01-31|1981-02-30"],
    ["birth_dates", "1985/1980"],
    ["nationalities", "Atlantis"],
    ["passports", "none"],
    ["passports", "P1 (Atlantis)"],
    ["leis", "123"],
    ["bics", "TESTGB2"],
    ["ibans", "GB1"],
    ["imo_numbers", "123456"],
    ["mmsis", "12"],
    ["wallets", "short"],
    ["emails", "anna"],
    ["asset_freeze", "maybe"],
    ["designated_on", "2026-01"],
    ["references", "GIM0014"],
    ["aliases", "***"],
    ["id", "has space"],
    ["id", "x".repeat(65)],
    ["name", ""],
  ])("for %s of %j, with line and column", async (column, value) => {
    const error = await errorOf(parse(csvOf({ [column]: value })));
    expect(error.code).toBe("LIST_MALFORMED");
    expect(error.details).toEqual({ line: 2, column });
  });

  test.each([
    ["a misspelt column", "id,type,name,alias\nT-1,person,Anna EXAMPLE,B\n"],
    ["a column twice", "id,type,name,name\nT-1,person,A,B\n"],
    ["a required column missing", "id,name\nT-1,Anna EXAMPLE\n"],
    ["no header", "T-1,person,Anna EXAMPLE\n"],
    ["semicolons", "id;type;name\nT-1;person;Anna EXAMPLE\n"],
    ["an error page", "<!DOCTYPE html>\n<html></html>\n"],
    ["a JSON array", '[{"id":"T-1"}]'],
    ["a member that is not documented", '{"id":"T-1","type":"person","name":"Anna EXAMPLE","alias":["B"]}'],
    ["a number for a text", '{"id":"T-1","type":"person","name":7}'],
    ["an array for one value", '{"id":"T-1","type":"person","name":["Anna EXAMPLE"]}'],
  ])("for %s, at line 1", async (_what, content) => {
    const error = await errorOf(parse(content));
    expect(error.code).toBe("LIST_MALFORMED");
    expect(error.details["line"]).toBe(1);
    expect(error.message).not.toContain("EXAMPLE");
  });

  test("without telling what stood in the row", async () => {
    const error = await errorOf(parse(csvOf({ name: "Anna EXAMPLE", birth_dates: "in spring" })));
    expect(JSON.stringify({ ...error.details, message: error.message })).not.toMatch(/EXAMPLE|spring/);
  });

  test("as a whole for its last row", async () => {
    const rows = Array.from({ length: 50 }, (_, n) => `T-${String(n)},person,Anna EXAMPLE\n`).join("");
    expect((await parse(`id,type,name\n${rows}`)).counts.designations).toBe(50);
    expect((await errorOf(parse(`id,type,name\n${rows}T-0,person,Anna EXAMPLE\n`))).details).toEqual({
      line: 52,
      column: "id",
    });
    expect((await errorOf(parse(`id,type,name\n${rows}T-51,per`))).details).toEqual({ line: 52 });
  });

  test("when it is empty, not UTF-8, or too large", async () => {
    expect((await errorOf(parse(" \n"))).code).toBe("LIST_EMPTY");
    expect((await errorOf(parseOwnList(chunksOf(new Uint8Array([0x69, 0xff]))))).code).toBe("LIST_MALFORMED");
    expect((await errorOf(parse(csvOf({ remarks: "x".repeat(100) }), { maxFieldChars: 50 }))).code).toBe(
      "LIST_TOO_LARGE",
    );
  });
});
