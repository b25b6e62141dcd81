import { createReadStream } from "node:fs";
import { fileURLToPath } from "node:url";

import { describe, expect, test } from "vitest";

import { listSources } from "../../src/index.ts";

async function* chunksOf(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}

const header = "id,kind,name,spellings,codes,elsewhere,rule,rule_in_text,rule_of_origin,regime,remarks\n";
const read = (rows: string, list: "places" | "words" = "places") => listSources[list].parse(chunksOf(header + rows));

describe("a list of places", () => {
  test("has an entry a row, with its kind, spellings, codes and rules", async () => {
    const { designations, counts } = await read(
      "T1,town,Tirganta,Tirgante|Tyrganta,,Tirgante: US GB,hold,tell,hit,An embargo,Look twice\nC1,COUNTRY,Quendria,,QD,,,,,,\n",
    );
    expect(counts).toMatchObject({ rows: 2, names: 4 });
    expect(designations).toMatchObject([
      {
        id: "places:T1",
        list: "places",
        type: "OTHER",
        regime: "An embargo",
        names: [
          { text: "Tirganta", kind: "PRIMARY" },
          { text: "Tirgante", kind: "VARIATION" },
          { text: "Tyrganta", kind: "VARIATION" },
        ],
        remarks: [{ label: "Remark", text: "Look twice" }],
        place: {
          kind: "TOWN",
          codes: [],
          elsewhere: [{ spelling: "Tirgante", countries: ["US", "GB"] }],
          rule: "hold",
          ruleInText: "tell",
          ruleOfOrigin: "hit",
        },
      },
      {
        id: "places:C1",
        regime: "Embargoed countries",
        place: { kind: "COUNTRY", codes: ["QD"], rule: "hit", ruleInText: "hit", ruleOfOrigin: "tell" },
      },
    ]);
  });

  test("and the firm's words are two lists of one format", async () => {
    const { designations } = await read("W1,word,yellow cake,,,,tell,,,,\n", "words");
    expect(designations).toMatchObject([
      { id: "words:W1", list: "words", place: { kind: "WORD", rule: "tell", ruleInText: "tell" } },
    ]);
  });

  test.each([
    ["T1,city,Tirganta,,,,,,,,\n", /none of TOWN, COUNTRY, WORD in "kind" at line 2/],
    ["T1,town,Tirganta,,QD,,,,,,\n", /only a country has.* in "codes" at line 2/],
    ["C1,country,Quendria,,,,,,,,\n", /has its code in "codes" at line 2/],
    ["C1,country,Quendria,,qd,,,,,,\n", /no two-letter code/],
    ["T1,town,Tirganta,,,Tyrganta: US,,,,,\n", /not one of the entry's spellings/],
    ["T1,town,Tirganta,,,Tirganta: usa,,,,,\n", /no two-letter code/],
    ["T1,town,Tirganta,,,,block,,,,\n", /none of hit, hold, tell in "rule" at line 2/],
    ["T1,town,--,,,,,,,,\n", /without a letter or digit/],
    ["W1,word,ab,,,,,,,,\n", /fewer than 3 letters/],
    ["T1,town,Tirganta,,,,,,,\n", /10 cells where the header has 11/],
    ["T1,town,Tirganta,,,,,,,,\nT1,town,Other,,,,,,,,\n", /occurs twice in "id" at line 3/],
    ["T 1,town,Tirganta,,,,,,,,\n", /spaces, or more than 64 characters/],
    ["T1,town,,,,,,,,,\n", /nothing in "name" at line 2/],
  ])("is refused whole for one row that is wrong: %j", async (row, message) => {
    await expect(read(row)).rejects.toMatchObject({
      code: "LIST_MALFORMED",
      message: expect.stringMatching(message) as string,
    });
  });

  test.each([
    ["id,kind\n", /header without the column in "name"/],
    ["id,kind,name,colour\n", /column 4 of the header is not a documented one/],
    ["id,kind,name,name\n", /stands twice/],
    ["id;kind;name\n", /semicolons/],
  ])("is refused for its header %j", async (text, message) => {
    await expect(listSources.places.parse(chunksOf(text))).rejects.toMatchObject({
      message: expect.stringMatching(message) as string,
    });
  });

  test("that ships is good, and is off unless somebody names it", async () => {
    const path = fileURLToPath(new URL("../../../../data/places/embargoed.csv", import.meta.url));
    const { designations } = await listSources.places.parse(createReadStream(path));
    expect(designations.map(({ id }) => String(id))).toEqual(
      expect.arrayContaining(["places:UA-CRIMEA", "places:UA-SEVASTOPOL", "places:UA-DONETSK", "places:UA-LUHANSK"]),
    );
    expect([listSources.places.onByDefault, listSources.words.onByDefault]).toEqual([false, false]);
  });
});
