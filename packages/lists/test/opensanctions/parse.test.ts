import { describe, expect, test } from "vitest";

import { parseOpenSanctions, parseOpenSanctionsFiles } from "../../src/opensanctions/parse.ts";
import type { ParseOptions } from "../../src/parse-options.ts";
import type { ParsedList } from "../../src/parsed-list.ts";
import { chunksOf, cutAt, errorOf, nameLines, onlyOne } from "../fixtures.ts";
import { entity, linesOf, listedPerson } from "./entities.ts";

const parse = async (values: readonly unknown[], options?: ParseOptions): Promise<ParsedList> =>
  await parseOpenSanctions(chunksOf(linesOf(values)), options);

const withDeltas = async (base: readonly unknown[], ...deltas: (readonly unknown[])[]): Promise<ParsedList> =>
  await parseOpenSanctionsFiles({
    entities: chunksOf(linesOf(base)),
    deltas: deltas.map((delta) => chunksOf(linesOf(delta))),
  });

const idsAfter = async (...deltas: (readonly unknown[])[]): Promise<readonly string[]> =>
  (await withDeltas([listedPerson("A"), listedPerson("B")], ...deltas)).designations.map(({ id }) => id);

const sanction = (id: string, of: string): unknown =>
  entity(id, "Sanction", {
    entity: [of],
    program: ["Test programme"],
    programId: ["GB-TEST"],
    provisions: ["Asset freeze", "Travel ban"],
    startDate: ["2025-03-01"],
    listingDate: ["2025-02-01"],
    authority: ["Test Office"],
    reason: ["Invented."],
    unscId: ["QDi.901"],
  });

describe("OpenSanctions' entities", () => {
  test("become designations with every field that is kept", async () => {
    const list = await parse([
      sanction("s1", "NK-1"),
      entity("p1", "Passport", { holder: ["NK-1"], number: ["P1"], country: ["iq"], type: ["diplomatic"] }),
      entity("i1", "Identification", { holder: ["NK-1"], number: ["77"], country: ["ru"] }),
      entity("w1", "CryptoWallet", { holder: ["NK-1"], publicKey: ["testwallet0001"], currency: ["XBT"] }),
      entity(
        "NK-1",
        "Person",
        {
          name: ["EXAMPLE, Anna", "Anna EXAMPLE"],
          alias: ["Anja Muster"],
          weakAlias: ["Annie"],
          previousName: ["Anna OLDNAME"],
          topics: ["sanction", "role.pep"],
          programId: ["GB-TEST"],
          birthDate: ["1980-01-31", "1980", "1981-05"],
          birthPlace: ["Exampletown"],
          nationality: ["iq"],
          citizenship: ["xk"],
          country: ["ru"],
          position: ["Clerk"],
          addressEntity: ["a1"],
          address: ["2 Test Street"],
          innCode: ["5"],
          taxNumber: ["5"],
          firstName: ["Anna"],
        },
        {
          caption: "Anna EXAMPLE",
          referents: ["gb-fcdo-tst0001", "gb-hmt-10001", "ofac-55", "eu-fsf-eu-12-34", "NK-0"],
        },
      ),
      entity("a1", "Address", {
        full: ["1 Test Street, Exampletown"],
        city: ["Exampletown"],
        postalCode: ["X1"],
        country: ["ru"],
      }),
      entity("o1", "Ownership", { owner: ["NK-1"], asset: ["c1"] }),
      entity("c1", "Company", { name: ["Linked Example"], topics: ["sanction.linked"] }),
    ]);
    expect(list.designations).toEqual([
      {
        id: "opensanctions:NK-1",
        list: "opensanctions",
        type: "PERSON",
        names: [
          { text: "Anna EXAMPLE", kind: "PRIMARY", strength: "UNKNOWN" },
          { text: "EXAMPLE, Anna", kind: "VARIATION", strength: "UNKNOWN" },
          { text: "Anja Muster", kind: "ALIAS", strength: "UNKNOWN" },
          { text: "Anna OLDNAME", kind: "FORMER", strength: "UNKNOWN" },
          { text: "Annie", kind: "ALIAS", strength: "WEAK" },
        ],
        regime: "Test programme",
        regimeCode: "GB-TEST",
        measures: ["Asset freeze", "Travel ban"],
        birthDates: [
          { date: "1980-01-31", until: null, approximate: false },
          { date: "1981-05", until: null, approximate: false },
        ],
        nationalities: ["IQ", "XK"],
        identifiers: [
          { kind: "NATIONAL_ID", value: "77", note: null, country: "RU" },
          { kind: "PASSPORT", value: "P1", note: "diplomatic", country: "IQ" },
          { kind: "WALLET", value: "testwallet0001", note: null, currency: "XBT" },
          { kind: "TAX_ID", value: "5", note: "INN" },
        ],
        designatedOn: "2025-02-01",
        updatedOn: "2026-01-31",
        references: ["uk:TST0001", "ofsi:10001", "ofac:55", "eu:EU.12.34", "opensanctions:NK-0", "un:QDi.901"],
        assetFreeze: true,
        addresses: [
          { text: "1 Test Street, Exampletown", city: "Exampletown", postalCode: "X1", country: "RU" },
          { text: "2 Test Street", city: null, postalCode: null, country: null },
        ],
        birthPlaces: ["Exampletown"],
        remarks: [
          { label: "Position", text: "Clerk" },
          { label: "Authority", text: "Test Office" },
          { label: "Reason", text: "Invented." },
        ],
      },
    ]);
    expect(list).toMatchObject({ publishedAt: null, counts: { rows: 8, designations: 1 }, unknown: {} });
    expect(list.notKept).toEqual({ "Person firstName": 1, "entity Company": 1, "entity Ownership": 1 });
  });

  test("are read into the same list in whatever order they come", async () => {
    const values = [
      listedPerson("NK-1", { addressEntity: ["a1"] }),
      sanction("s1", "NK-1"),
      entity("a1", "Address", { city: ["Exampletown"], country: ["iq"] }),
      listedPerson("NK-2", {}),
      entity("p1", "Passport", { holder: ["NK-2"], number: ["1"] }),
      entity("p2", "Passport", { holder: ["NK-2"], number: ["2"] }),
      entity("o1", "Ownership", { owner: ["NK-2"] }),
      entity("c1", "Company", { name: ["Linked Example"] }),
    ];
    const forward = await parse(values);
    expect(await parse(values.toReversed())).toEqual(forward);
    expect(forward.designations[0]).toMatchObject({ regime: "Test programme", addresses: [{ country: "IQ" }] });
  });

  test("carry what is linked to an id that was merged into them", async () => {
    const merged = entity("NK-2", "Person", { name: ["A"], topics: ["sanction"] }, { referents: ["old-1"] });
    const list = await parse([merged, sanction("s1", "old-1")]);
    expect(onlyOne(list.designations).regime).toBe("Test programme");
  });

  test("are vessels, organisations, wallets: each by its schema", async () => {
    const topics = ["sanction"];
    const list = await parse([
      entity("b", "Vessel", {
        name: ["MV TEST"],
        topics,
        imoNumber: ["IMO9000001"],
        flag: ["pa"],
        buildDate: ["1999"],
      }),
      entity("c", "Company", { name: ["Test Ltd"], topics, jurisdiction: ["cy"], swiftBic: ["TESTCY2N"] }),
      entity("w", "CryptoWallet", { topics, publicKey: ["testwallet0001"], currency: ["ETH"] }),
      entity("x", "Spaceship", { name: ["Test One"], topics, imoNumber: ["pending"] }),
    ]);
    expect(list.designations.map(({ type }) => type)).toEqual(["VESSEL", "ORGANISATION", "OTHER", "OTHER"]);
    expect(list.designations.map(({ identifiers }) => identifiers)).toEqual([
      [{ kind: "IMO", value: "9000001", note: null }],
      [{ kind: "BIC", value: "TESTCY2N", note: null }],
      [{ kind: "WALLET", value: "testwallet0001", note: null, currency: "ETH" }],
      [{ kind: "IMO", value: "pending", note: null }],
    ]);
    expect(list.designations[0]?.vesselFacts).toEqual([
      { kind: "FLAG", value: "PA" },
      { kind: "YEAR_BUILT", value: "1999" },
    ]);
    expect(list.designations[1]?.nationalities).toEqual(["CY"]);
    expect(nameLines(list.designations[2] ?? onlyOne([]))).toEqual(["PRIMARY UNKNOWN testwallet0001"]);
    expect(list.unknown).toEqual({ "IMO number that is not seven digits": 1, "listed schema Spaceship": 1 });
  });

  test("keep a name in a property nobody knows, and count what else is new", async () => {
    const list = await parse([
      listedPerson("NK-1", { stageName: ["Anna STAGE"], shoeSize: ["38"], birthDate: ["spring"] }),
    ]);
    expect(nameLines(onlyOne(list.designations))).toContain("ALIAS UNKNOWN Anna STAGE");
    expect(list.unknown).toEqual({
      "birth date": 1,
      "property shoeSize": 1,
      "property stageName, taken for an alias": 1,
    });
  });

  test("read the same with their bytes cut at any place", async () => {
    const content = linesOf([listedPerson("NK-1", { alias: ["Ана 金 🚢"] }), sanction("s1", "NK-1")]);
    const whole = await parseOpenSanctions(chunksOf(content));
    for (let at = 0; at <= new TextEncoder().encode(content).length; at += 7)
      expect(await parseOpenSanctions(cutAt(content, at))).toEqual(whole);
  });
});

describe("OpenSanctions' deltas", () => {
  test("add, replace and delete entities, in the order they are given", async () => {
    const ids = await idsAfter(
      [
        { op: "ADD", entity: listedPerson("C") },
        { op: "DEL", entity: { id: "A" } },
      ],
      [
        { op: "DEL", entity: { id: "C" } },
        { op: "ADD", entity: listedPerson("D") },
      ],
    );
    expect(ids).toEqual(["opensanctions:B", "opensanctions:D"]);
  });

  test("replace the whole entity, and delist one that lost its topic", async () => {
    const list = await withDeltas(
      [listedPerson("A", { alias: ["Old"] }), listedPerson("B")],
      [
        { op: "MOD", entity: listedPerson("A", { alias: ["New"] }) },
        { op: "MOD", entity: listedPerson("B", { topics: ["poi"] }) },
      ],
    );
    expect(nameLines(onlyOne(list.designations))).toEqual(["PRIMARY UNKNOWN Anna EXAMPLE", "ALIAS UNKNOWN New"]);
  });

  test("change what is linked, also to an entity they do not touch", async () => {
    const list = await withDeltas([listedPerson("A")], [{ op: "ADD", entity: sanction("s1", "A") }]);
    expect(onlyOne(list.designations).measures).toEqual(["Asset freeze", "Travel ban"]);
  });

  test("lead to what the whole file of the new version says", async () => {
    const next = [listedPerson("A", { alias: ["New"] }), listedPerson("C"), sanction("s2", "C")];
    const owned = entity("o1", "Ownership", { owner: ["B"] });
    const list = await withDeltas(
      [listedPerson("A"), listedPerson("B"), sanction("s1", "B"), owned],
      [
        { op: "MOD", entity: next[0] },
        { op: "DEL", entity: { id: "B" } },
        { op: "DEL", entity: { id: "s1" } },
        { op: "DEL", entity: { id: "o1" } },
        { op: "ADD", entity: next[1] },
        { op: "ADD", entity: next[2] },
      ],
    );
    expect(list).toEqual(await parse(next));
  });

  test.each([
    ["an op that is not known", { op: "MERGE", entity: listedPerson("C") }],
    ["no op", listedPerson("C")],
    ["no entity", { op: "ADD" }],
    ["nothing to delete", { op: "DEL", entity: {} }],
    ["an addition of what is there", { op: "ADD", entity: listedPerson("B") }],
    ["a change of what is not there", { op: "MOD", entity: listedPerson("A") }],
    ["a deletion of what is not there", { op: "DEL", entity: { id: "A" } }],
  ])("are refused with %s", async (_what, change) => {
    const base = [listedPerson("A"), listedPerson("B")];
    const error = await errorOf(withDeltas(base, [{ op: "DEL", entity: { id: "A" } }, change]));
    expect(error.code).toBe("LIST_MALFORMED");
    expect(error.details).toEqual({ line: 2 });
  });
});

const codeOf = async (content: string | Uint8Array): Promise<string> =>
  (await errorOf(parseOpenSanctions(chunksOf(content)))).code;

describe("OpenSanctions' entities are refused", () => {
  test.each([
    ["another shape", { name: "Anna EXAMPLE" }],
    ["an array", [listedPerson("B")]],
    ["no properties", { ...listedPerson("B"), properties: undefined }],
    ["properties that are no arrays", { ...listedPerson("B"), properties: { name: "Anna EXAMPLE" } }],
    ["values that are no texts", { ...listedPerson("B"), properties: { name: [7] } }],
    ["an id twice", listedPerson("A")],
    ["no name", listedPerson("B", { name: [" "] })],
    ["an endless id", listedPerson("B".repeat(257))],
  ])("with %s, with the line and without the text", async (_what, value) => {
    const error = await errorOf(parse([listedPerson("A"), value]));
    expect(error.code).toBe("LIST_MALFORMED");
    expect(error.details).toEqual({ line: 2 });
    expect(error.message).not.toContain("EXAMPLE");
  });

  test("when cut off inside a line, wherever that is", async () => {
    const content = linesOf([listedPerson("A"), listedPerson("B")]).trimEnd();
    for (let length = content.indexOf("\n") + 2; length < content.length; length += 1)
      expect((await errorOf(parseOpenSanctions(chunksOf(content.slice(0, length))))).code).toBe("LIST_MALFORMED");
  });

  test("when they are no text, nothing, or an error page", async () => {
    expect(await codeOf(new Uint8Array([0x7b, 0xff, 0xfe]))).toBe("LIST_MALFORMED");
    expect(await codeOf("\n")).toBe("LIST_EMPTY");
    expect(await codeOf("<!DOCTYPE html><html></html>")).toBe("LIST_MALFORMED");
  });

  test("when more is listed or linked than may be held, and not when the rest is large", async () => {
    const limits = { maxHeldChars: 400 };
    const rest = entity("c", "Company", { name: ["x".repeat(1000)] });
    expect((await parse([listedPerson("A"), rest], limits)).counts.designations).toBe(1);
    const many = Array.from({ length: 40 }, (_, n) => listedPerson(`A${String(n)}`));
    const error = await errorOf(parse(many, limits));
    expect(error.code).toBe("LIST_TOO_LARGE");
    expect(error.details).toMatchObject({ limit: "maxHeldChars" });
  });

  test("when a line has no end, long before the file does", async () => {
    let sent = 0;
    async function* endlessLine(): AsyncGenerator<Uint8Array> {
      yield* chunksOf('{"id":"');
      for (;;) {
        sent += 65_536;
        yield new Uint8Array(65_536).fill(0x61);
      }
    }
    expect((await errorOf(parseOpenSanctions(endlessLine()))).code).toBe("LIST_TOO_LARGE");
    expect(sent).toBeLessThan(2_000_000);
  });
});
