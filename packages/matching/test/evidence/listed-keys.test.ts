import { describe, expect, test } from "vitest";

import type { IdentifierKind } from "../../src/designation.ts";
import { keysOfAsked } from "../../src/evidence/asked-identifier.ts";
import type { AskedKind } from "../../src/evidence/identifier-keys.ts";
import { keysOfListed } from "../../src/evidence/listed-keys.ts";

function hits(kind: IdentifierKind, cell: string, number: string, asked: AskedKind = kind): boolean {
  const keys = keysOfListed({ kind, value: cell });
  return keysOfAsked(asked, number).some((key) => keys.includes(key));
}

/** Invented or public numbers. Rows: the cell's kind, the cell, what must hit, what must not. */
describe("each number in the cell of a list is found by itself:", () => {
  test.each<[IdentifierKind, string, readonly string[], readonly string[]]>([
    ["REGISTRATION", "9709056472 - Russia INN", ["9709056472"], []],
    ["REGISTRATION", "1147746527279 dated 27/07/1992", ["1147746527279"], ["27071992"]],
    ["REGISTRATION", "1147746527279 от 27.07.1992", ["1147746527279"], ["27071992"]],
    ["REGISTRATION", "31755 8812 issued 3 March 2011 (expires 2021-03-02)", ["317558812"], ["20210302", "32011"]],
    ["REGISTRATION", "1037739635890 (Russia)", ["1037739635890"], []],
    [
      "REGISTRATION",
      "440111000105746 (Company registration number)190748254 (China Organisation code)",
      ["440111000105746", "190748254"],
      [],
    ],
    ["REGISTRATION", "807000227 · VXZVVA5X4Y95 ", ["807000227", "VXZVVA5X4Y95"], []],
    [
      "REGISTRATION",
      "(УНН/ИНН): 190950894 (Belarus),  7704734000/770301001 (Russia) ",
      ["190950894", "7704734000"],
      ["770301001"],
    ],
    ["REGISTRATION", "УНП 190950894, ИНН7704734000 КПП 770301001", ["190950894", "7704734000"], ["770301001"]],
    ["REGISTRATION", "'TIN - 6440020175SRN - 1096440000425'", ["6440020175", "1096440000425"], []],
    ["REGISTRATION", "6440020175SRN1096440000425", ["6440020175", "1096440000425"], []],
    ["REGISTRATION", "Iran Registration No.: 145921Acuris Unique ID: C777828", ["145921", "C777828"], []],
    ["REGISTRATION", "Registered as 4512345Wexcombe Register", ["4512345"], []],
    ["REGISTRATION", "BIN: 1027800000931INN: 7831001704PPC: 784101001", ["1027800000931", "7831001704"], ["784101001"]],
    [
      "REGISTRATION",
      "OGRN: 114 237 300 24 30INN: 2373007549KPP: 237301001",
      ["1142373002430", "2373007549"],
      ["237301001"],
    ],
    ["REGISTRATION", "SPARK code 9027410", ["9027410"], []],
    [
      "REGISTRATION",
      "TIN (Taxpayer Identification Number) 9718168599 / SRN (State registration number) 1217700038710",
      ["9718168599", "1217700038710"],
      [],
    ],
    ["REGISTRATION", "Reg. ５５１２３４５, trade licence ۷۷۱۲۳۴۵", ["5512345", "7712345"], []],
    ["TAX_ID", "BE 454,419,759", ["BE454419759", "454419759"], []],
    ["TAX_ID", "CHE-109.711.148", ["CHE109711148", "109711148"], []],
    ["REGISTRATION", "51% held by BR No. 61471779", ["61471779"], []],
    ["REGISTRATION", "7705012345 (Federal Law No. 127-FZ, Article 2061)", ["7705012345"], ["127206"]],
    ["PASSPORT", "Diplomatic Passport: Z30321794", ["Z30321794"], []],
    ["PASSPORT", "AB1234567 / CD7654321", ["AB1234567", "CD7654321"], []],
    ["PASSPORT", "AB1234567 and CD7654321", ["AB1234567", "CD7654321"], []],
    ["PASSPORT", "AB1234567;CD7654321", ["AB1234567", "CD7654321"], []],
    [
      "PASSPORT",
      "old one No.AB1234567, new one CD 7654321 (valid to 1 Jan. 2030)",
      ["AB1234567", "CD7654321"],
      ["12030"],
    ],
    ["PASSPORT", "Russian passport number 8208 No. 555627", ["8208555627"], ["555627"]],
    ["PASSPORT", "96 03 464086", ["9603464086"], ["464086"]],
    ["PASSPORT", "0308791 1099181 1505678 5743312 716956514", ["0308791", "5743312", "716956514"], []],
    ["NATIONAL_ID", "12/SAKHANA(N)020199", ["12/SAKHANA(N)020199"], ["020199"]],
    ["NATIONAL_ID", "35202-5400413-9", ["3520254004139"], ["5400413"]],
    ["IMO", "IMO9221970, IMO 9412347", ["9221970", "9412347"], []],
    ["IMO", "9221970/9412347", ["IMO 9221970", "9412347"], []],
    ["MMSI", "273312345 (former: 273354321)", ["273312345", "273354321"], []],
    ["BIC", "AAAAIRTH, BBBBRUMM123", ["AAAAIRTHXXX", "BBBBRUMM123"], ["BBBBRUMM456"]],
    [
      "WALLET",
      "1BoatSLRHtKNngkdXEeobR76b53LETtpyT; 0xAb5801a7D398351b8bE11C439e05C5B3259aeC9B",
      ["1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "0xab5801a7d398351b8be11c439e05c5b3259aec9b"],
      [],
    ],
    ["EMAIL", "info@etemad mobin.com", ["info@etemadmobin.com"], []],
    ["EMAIL", "a.b@example.org and c@example.net", ["a.b@example.org", "c@example.net"], []],
    ["EMAIL", "EMAILinfo@example.orgPHONE+7 495 123 45 67", ["info@example.org"], []],
    ["EMAIL", "E-mail:info@example.org Website: www.example.org", ["info@example.org"], []],
    ["EMAIL", "info (at) example.org", ["info@example.org"], []],
    ["EMAIL", "mailbox@example.org", ["mailbox@example.org"], ["box@example.org"]],
    ["PHONE", "+256 41 533 578/9", ["+256 41533578", "+256 41533579"], []],
    ["PHONE", "+850-2-381-4410/4416", ["+85023814410", "+85023814416"], []],
    ["PHONE", "Tel: +7 (3412) 43-05-05; mobile +7 (951) 210-81-28", ["+73412430505", "+79512108128"], []],
    ["PHONE", "TEL+98 21 8888 7777FAX+98 21 8888 7778", ["+982188887777", "+982188887778"], []],
  ])("%s %s", (kind, cell, wanted, others) => {
    expect(wanted.filter((number) => !hits(kind, cell, number))).toEqual([]);
    expect(others.filter((number) => hits(kind, cell, number) || hits(kind, cell, number, "OTHER"))).toEqual([]);
  });

  test.each<[IdentifierKind, string, AskedKind, string]>([
    [
      "OTHER",
      "wallet 0xab5801a7d398351b8be11c439e05c5b3259aec9b",
      "WALLET",
      "0xAb5801a7D398351b8bE11C439e05C5B3259aeC9B",
    ],
    [
      "REGISTRATION",
      "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
      "WALLET",
      "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
    ],
    ["REGISTRATION", "INN: 7703010220 SWIFT/ BIC: MECCRUM1 Bank Identification Code: 044525125", "BIC", "MECCRUM1XXX"],
    [
      "REGISTRATION",
      "INN: 7703010220 SWIFT/ BIC: MECCRUM1 Bank Identification Code: 044525125",
      "CLEARING",
      "044525125",
    ],
    ["REGISTRATION", "owner of IMO 9221970 and 9412347", "IMO", "9412347"],
    ["OTHER", "account GB33 BUKB 2020 1555 5555 55 (closed)", "IBAN", "GB33BUKB20201555555555"],
    ["OTHER", "code 5493001KJTIIGC8Y1R12, Examplia", "LEI", "5493001KJTIIGC8Y1R12"],
    ["OTHER", "write to info@example.org", "EMAIL", "info@example.org"],
    ["EMAIL", "EMAILinfo@example.orgPHONE+7 495 123 45 67", "PHONE", "+74951234567"],
    ["PASSPORT", "AB801168 and National ID No. 2810205", "NATIONAL_ID", "2810205"],
    ["NATIONAL_ID", "none, but passport AB801168", "PASSPORT", "AB801168"],
    ["LEI", "33-1234567-8", "REGISTRATION", "3312345678"],
  ])("%s %s by %s %s", (kind, cell, asked, number) => {
    expect(hits(kind, cell, number, asked)).toBe(true);
  });
});

/** Rows: the cell's kind, the cell, its keys, and no others. */
describe("a cell has the keys of what identifies in it, and of nothing else:", () => {
  test.each<[IdentifierKind, string, readonly string[]]>([
    // A number that is none of the kind is somebody's all the same, where nothing else is there and it is long enough.
    ["LEI", "5493001KJTIIGC8Y1R12 and 47115823", ["lei:5493001KJTIIGC8Y1R12"]],
    ["LEI", "no code, 47115823", ["number:47115823"]],
    ["LEI", "no code, 4711582", []],
    ["PHONE", "4711582347115823 47", []],
    ["EMAIL", "nobody 47115823", []],
    ["PASSPORT", "381942 ", ["passport:381942"]],
    ["BIC", "AAAAIRTH BBBBRUMM", ["bic:AAAAIRTH", "bic:BBBBRUMM"]],
    ["BIC", "see AAAAIRTHXXX, here", ["bic:AAAAIRTH"]],
    ["BIC", "see AAAAIRT1, here", ["bic:AAAAIRT1"]],
    // Beside words, one that is all letters may be a word.
    ["BIC", "the OFFICIAL code AAAAIRTH is theirs", []],
    ["BIC", "bank AAAAIRTH here", []],
    ["OTHER", "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", ["wallet:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"]],
    [
      "OTHER",
      "wallet 1BoatSLRHtKNngkdXEeobR76b53LETtpyT here",
      ["number:1BOATSLRHTKNNGKDXEEOBR76B53LETTPYT", "wallet:1BoatSLRHtKNngkdXEeobR76b53LETtpyT"],
    ],
    // Base58 has digits, and letters of both cases.
    ["OTHER", "wallet iboatslrhtknngkdxeeobr76b53lettpyt here", ["number:IBOATSLRHTKNNGKDXEEOBR76B53LETTPYT"]],
    ["OTHER", "wallet 1BOATSLRHTKNNGKDXEEOBR76B53LETTPYT here", ["number:1BOATSLRHTKNNGKDXEEOBR76B53LETTPYT"]],
    ["OTHER", "wallet BoatSLRHtKNngkdXEeobRbLETtpyTabc here", []],
    ["OTHER", `${"x ".repeat(10_000)}47115823`, []],
  ])("%s %.60s", (kind, cell, keys) => {
    expect(keysOfListed({ kind, value: cell })).toEqual(keys);
  });

  test.each<[IdentifierKind, string, readonly string[], readonly string[]]>([
    ["BIC", "BIC AAAAIRTH", ["bic:AAAAIRTH"], []],
    ["BIC", "AAAAIRTH (main)", ["bic:AAAAIRTH"], []],
    ["NATIONAL_ID", "passport 381942", ["register:381942", "passport:381942"], []],
    ["NATIONAL_ID", "381942 old", ["register:381942"], ["passport:381942"]],
    ["PASSPORT", "national ID 381942", ["register:381942", "passport:381942"], []],
    ["PASSPORT", "381942 old", ["passport:381942"], ["register:381942"]],
    ["REGISTRATION", "owner of IMO 9221970 and 9412347", ["imo:9221970", "imo:9412347"], []],
    ["REGISTRATION", "owner of IMO 9221970 and 9412346", ["imo:9221970"], ["imo:9412346"]],
    ["REGISTRATION", "owner of 9221970 and 9412347", ["register:9221970"], ["imo:9221970", "imo:9412347"]],
    ["OTHER", `${"x ".repeat(9_000)}47115823`, ["number:47115823"], []],
  ])("%s %.60s, among others", (kind, cell, wanted, others) => {
    const keys = keysOfListed({ kind, value: cell });
    expect(wanted.filter((key) => !keys.includes(key))).toEqual([]);
    expect(others.filter((key) => keys.includes(key))).toEqual([]);
  });
});

test("a cell is read in a time that grows with its length, whatever stands in it", () => {
  const parts = ["1", "1 ", "a1", "INN", "1/", "@", "a@b.", "+1", "ИНН 7", "Jan ", "1-", "A1 "];
  const slow = parts.filter((part) => {
    const cell = part.repeat(100_000 / part.length);
    const before = performance.now();
    for (const kind of ["REGISTRATION", "EMAIL", "PHONE"] as const) keysOfListed({ kind, value: cell });
    return performance.now() - before > 5_000;
  });
  expect(slow).toEqual([]);
});
