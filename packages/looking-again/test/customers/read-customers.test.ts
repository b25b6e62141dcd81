import { type CustomerFormat, type CustomerRead, readCustomers } from "@cordon/looking-again";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

async function read(
  text: string | Uint8Array,
  format?: CustomerFormat,
  cut = 65_536,
): Promise<readonly CustomerRead[]> {
  const bytes = Buffer.from(text as string);
  const all: CustomerRead[] = [];
  for await (const group of readCustomers(chunks(bytes, cut), format)) all.push(...group);
  return all;
}

async function* chunks(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

function partyOf(one: CustomerRead | undefined) {
  if (one?.kind !== "customer") throw new Error(JSON.stringify(one));
  return one.customer.party;
}

const whole = {
  id: "c-1",
  name: "Tamsin Whitcombe",
  type: "person",
  birthDate: "1980-05-05",
  birthPlace: "Leeds",
  nationalities: ["GB", "IE"],
  country: "GB",
  identifiers: [{ kind: "PASSPORT", value: "X99887766", issuer: "GB" }],
  address: { country: "GB", town: "Leeds", lines: ["1 High Street"] },
  account: "GB29 NWBK 6016 1331 9268 19",
  contact: "+44 113 496 0000",
  note: "spoke to him",
};

describe("customers of JSON lines", () => {
  test("are read with all that is known of them, wherever the bytes are cut", async () => {
    const lines = `${JSON.stringify(whole)}\n\n${JSON.stringify({ id: 7, name: "Żółć" })}`;
    for (const cut of [1, 7, 1000]) {
      const [first, second, ...more] = await read(lines, undefined, cut);
      expect(more).toEqual([]);
      expect(partyOf(first)).toMatchObject({
        name: "Tamsin Whitcombe",
        type: "PERSON",
        nationalities: ["GB", "IE"],
        residence: "GB",
        identifiers: [{ kind: "PASSPORT", value: "X99887766", issuer: "GB" }],
        address: { town: "Leeds", lines: ["1 High Street"] },
        account: { kind: "IBAN" },
      });
      expect(partyOf(second)).toMatchObject({ name: "Żółć", type: "UNKNOWN", account: null });
    }
  });

  test.each([
    ["no JSON", "{", "is not JSON"],
    ["no object", "[1]", "is no JSON object"],
    ["no id", '{"name":"x"}', 'has no "id"'],
    ["a field that would not be screened", '{"id":"1","name":"x","alias":"y"}', 'has a field "alias"'],
    ["a type that there is not", '{"id":"1","name":"x","type":"cat"}', 'has a "type"'],
    ["a name that is no text", '{"id":"1","name":7}', 'has a "name"'],
    ["an identifier without a value", '{"id":"1","name":"x","identifiers":[{"kind":"LEI"}]}', "without a"],
    ["a kind that there is not", '{"id":"1","name":"x","identifiers":[{"kind":"CAT","value":"1"}]}', '"kind"'],
    ["a name twice", '{"id":"1","name":"Vile Goon","name":"x"}', "a field twice"],
    ["a name twice, written otherwise", '{"id":"1","name":"Vile Goon","n\\u0061me":"x"}', "a field twice"],
    [
      "a name twice within another",
      '{"id":"1","name":"x","address":{"town":"Vile","lines":["a:{\\"b"],"town":"y"}}',
      "a field twice",
    ],
    ["a country and another residence", '{"id":"1","name":"x","country":"GB","residence":"IR"}', '"residence"'],
    [
      "too many nationalities",
      JSON.stringify({ id: "1", name: "x", nationalities: Array(101).fill("GB") }),
      "more than",
    ],
  ])("with %s are refused by their line, and the others are read", async (_, line, why) => {
    const all = await read(`{"id":"a","name":"b"}\n${line}\n{"id":"c","name":"d"}\n`, "ndjson");
    expect(all.map(({ kind }) => kind)).toEqual(["customer", "refused", "customer"]);
    expect(all[1]).toMatchObject({ refused: { line: 2, why: expect.stringContaining(why) as string } });
  });

  test("have no field twice where objects within them have names of theirs", async () => {
    const identifiers = [1, 2].map((at) => ({ kind: "PASSPORT", value: `"${String(at)}":{`, issuer: "GB" }));
    const [one] = await read(JSON.stringify({ ...whole, identifiers }));
    expect(partyOf(one).identifiers).toEqual(identifiers);
  });

  test("whatever a line holds, it is a customer or refused", async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), async (line) => {
        const [only, ...more] = await read(line, "ndjson");
        expect(more).toEqual([]);
        expect(["customer", "refused"]).toContain(only?.kind);
      }),
    );
  });
});

describe("customers of a table", () => {
  test("are read by the names of the columns", async () => {
    const [one] = await read(
      '\uFEFFCustomer ID,Name,Type,Date of Birth,Nationality,passport\r\n1,"Whitcombe, Tamsin",Person,1980,GB;IE,X99887766\r\n',
    );
    expect(partyOf(one)).toMatchObject({
      name: "Whitcombe, Tamsin",
      birthDate: "1980",
      nationalities: ["GB", "IE"],
      identifiers: [{ kind: "PASSPORT", value: "X99887766" }],
    });
  });

  test("with a column that would not be screened are refused, unless it is empty", async () => {
    const all = await read("id,name,alias\n1,a,\n2,b,c\n3,d\n");
    expect(all.map(({ kind }) => kind)).toEqual(["customer", "refused", "refused"]);
  });

  test.each([
    ["id,name,Name\n1,Ann,Vile Goon\n", '"name"'],
    ["id,name,iban,account\n1,Ann,GB29NWBK60161331926819,12345\n", '"account"'],
    ["id,name,country,residence\n1,Ann,GB,IR\n", '"country"'],
    ["id,name,passport,identifiers\n1,Ann,X1,X2\n", '"identifiers"'],
  ])("with two columns that are one field are refused, where they differ: %j", async (table, why) => {
    const [one] = await read(table);
    expect(one).toMatchObject({ kind: "refused", refused: { line: 2, why: expect.stringContaining(why) as string } });
  });

  test("with two columns of one field that say the same, or of which one is empty, are read, and nationalities of both", async () => {
    const all = await read(
      "id,name,dob,date of birth,nationality,nationalities,note,note\n1,Ann,1980,1980,GB,IR;SY,a,b\n2,Bob,,1981,,,,\n",
    );
    expect(all.map(partyOf)).toMatchObject([
      { birthDate: "1980", nationalities: ["GB", "IR", "SY"] },
      { birthDate: "1981", nationalities: [] },
    ]);
  });

  test("that is cut off within a quoted cell is refused as a whole", async () => {
    await expect(read('id,name\n1,"a')).rejects.toMatchObject({ code: "LIST_MALFORMED" });
  });
});

test("bytes that are no UTF-8 are refused", async () => {
  await expect(read(Uint8Array.of(0x7b, 0xff, 0xfe))).rejects.toThrow(TypeError);
});

test("an empty file has no customers", async () => {
  expect(await read("")).toEqual([]);
  expect(await read(" \n \n")).toEqual([]);
});
