import { convertMessage } from "@cordon/messages";
import { describe, expect, test } from "vitest";

import { cordon } from "../run-cordon.ts";
import { convert, PLANTED, screen } from "./planted.ts";

/*
 * What comes of bad messages, row by row of the table that issue 17 refers to: refused, or held and screened all the same.
 */

const agents = "<DbtrAgt><FinInstnId><BICFI>COBADEFF</BICFI></FinInstnId></DbtrAgt>";

function xml({
  debtor = "<Nm>Ann Baker</Nm>",
  more = "",
  amount = `<IntrBkSttlmAmt Ccy="EUR">1.50</IntrBkSttlmAmt>`,
} = {}): string {
  return `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><FIToFICstmrCdtTrf><GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-11-20T10:00:00Z</CreDtTm><NbOfTxs>1</NbOfTxs></GrpHdr><CdtTrfTxInf>${amount}<Dbtr>${debtor}</Dbtr>${agents}<Cdtr><Nm>Bob Carter</Nm></Cdtr>${more}</CdtTrfTxInf></FIToFICstmrCdtTrf></Document>`;
}

function fin({ amount = "261123EUR1,50", debtor = "ANN BAKER", more = "" } = {}): string {
  return `{1:F01COBADEFFAXXX0001000001}{2:I103NWBKGB2LXXXXN}{4:\r\n:20:A\r\n:23B:CRED\r\n:32A:${amount}\r\n:50K:/1\r\n${debtor}\r\n:59:/2\r\nBOB CARTER${more}\r\n:71A:SHA\r\n-}`;
}

const json = (parties: readonly object[], more: object = {}): string =>
  JSON.stringify({ eventId: "e", createdAt: 1, money: { amount: "1.50", currency: "EUR" }, parties, ...more });
const people = [
  { role: "DEBTOR", name: "Ann Baker" },
  { role: "CREDITOR", name: "Bob Carter" },
] as const;

const told = (text: string) => convert(text).map(screen);

test("good messages are clear, so that what follows is due to what is bad in them", () => {
  for (const good of [xml(), fin(), json(people)]) expect(told(good)).toMatchObject([{ kind: "clear" }]);
});

describe("not XML, no blocks, empty", () => {
  test.each([
    ["", "MESSAGE_EMPTY"],
    [" \r\n\t", "MESSAGE_EMPTY"],
    ["hello", "MESSAGE_MALFORMED"],
    ["<Document><FIToFICstmrCdtTrf>", "MESSAGE_MALFORMED"],
    ["{1:F01COBADEFFAXXX0001000001}", "MESSAGE_MALFORMED"],
    ["{4:\r\n:20:A", "MESSAGE_MALFORMED"],
    ['{"eventId":', "MESSAGE_MALFORMED"],
  ])("%j is refused, and the command ends with 2", async (text, code) => {
    expect(told(text)).toEqual([{ kind: "refused", code }]);
    const ran = await cordon(["message", "-", "--json"], text);
    expect(ran.code).toBe(2);
    expect(JSON.parse(ran.out)).toMatchObject({ error: { code } });
  });
});

describe("a DOCTYPE, entities, depth, length", () => {
  test.each([
    [
      "a DOCTYPE",
      `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${xml({ debtor: "<Nm>&e;</Nm>" })}`,
      "MESSAGE_MALFORMED",
    ],
    ["an entity of nobody", xml({ debtor: "<Nm>&e;</Nm>" }), "MESSAGE_MALFORMED"],
    ["depth over 64", xml({ more: `${"<a>".repeat(70)}${"</a>".repeat(70)}` }), "MESSAGE_TOO_LARGE"],
    [
      "an element over a million",
      xml({ more: "<SplmtryData><Envlp><A>x</A></Envlp></SplmtryData>".repeat(25_000) }),
      "MESSAGE_TOO_LARGE",
    ],
    ["a text over 64 k", xml({ debtor: `<Nm>${"x".repeat(70_000)}</Nm>` }), "MESSAGE_TOO_LARGE"],
    ["a FIN message over 64 k", fin({ more: "\r\n:70:".padEnd(70_000, "x") }), "MESSAGE_TOO_LARGE"],
    [
      "JSON over 64 deep",
      json(people, { source: JSON.parse(`${"[".repeat(70)}${"]".repeat(70)}`) as unknown }),
      "MESSAGE_TOO_LARGE",
    ],
  ])("is refused with its offset: %s", (_, text, code) => {
    const made = convert(text);
    expect(made).toMatchObject([{ kind: "error", code, where: { offset: expect.any(Number) as number } }]);
  });
});

describe("a name that is none", () => {
  test.each([
    ["an empty element", xml({ debtor: "<Nm></Nm>" })],
    ["blanks", xml({ debtor: "<Nm> \r\n </Nm>" })],
    ["no name and no code", xml({ debtor: "<CtryOfRes>CH</CtryOfRes>" })],
    ["a placeholder", xml({ debtor: "<Nm>NOTPROVIDED</Nm>" })],
    ["a placeholder in FIN", fin({ debtor: "NOTPROVIDED" })],
    ["a dot in FIN", fin({ debtor: "." })],
    ["an empty text in JSON", json([{ role: "DEBTOR", name: "" }, people[1]])],
  ])("holds the event: %s", (_, text) => {
    expect(told(text)).toMatchObject([{ kind: "hold", reason: "FIELD_MISSING" }]);
  });
});

const strange = (name: string): readonly (readonly [string, string, string])[] => [
  ["an unknown element", xml({ debtor: `<Nm>Ann</Nm><Nick>${name}</Nick>` }), "FIELD_UNREAD"],
  ["an unknown element with more in it", xml({ more: `<New><Deep><Nm>${name}</Nm></Deep></New>` }), "FIELD_UNREAD"],
  ["a text in a complex element", xml({ debtor: `${name}<Nm>Ann</Nm>` }), "FIELD_UNREAD"],
  ["an attribute", xml({ debtor: `<Nm other="${name}">Ann</Nm>` }), "FIELD_UNREAD"],
  ["xsi:nil", xml({ debtor: `<Nm>${name}</Nm><CtryOfRes xsi:nil="true"/>` }), "FIELD_UNREAD"],
  ["two debtors", xml({ more: `<Dbtr><Nm>${name}</Nm></Dbtr>` }), "FIELD_MISPLACED"],
  ["two 59", fin({ more: `\r\n:59:/3\r\n${name}` }), "FIELD_MISPLACED"],
  ["50F beside 50K", fin({ more: `\r\n:50F:/3\r\n1/${name}` }), "FIELD_MISPLACED"],
  ["a tag that the type has not", fin({ more: `\r\n:86:${name}` }), "FIELD_MISPLACED"],
  ["a text behind the message", `${fin()} ${name}`, "FIELD_UNREAD"],
  [
    "an amount that is none",
    xml({ debtor: `<Nm>${name}</Nm>`, amount: `<IntrBkSttlmAmt Ccy="EUR">1O</IntrBkSttlmAmt>` }),
    "FIELD_MISPLACED",
  ],
  ["an amount that is none in FIN", fin({ debtor: name, amount: "261123EUR1O" }), "FIELD_MISPLACED"],
  ["a date that is none", xml({ debtor: `<Nm>${name}</Nm>` }).replace("2026-11-20T", "2026-13-40T"), "FIELD_MISPLACED"],
  ["a date that is none in FIN", fin({ debtor: name, amount: "269999EUR1," }), "FIELD_MISPLACED"],
  ["another count", xml({ debtor: `<Nm>${name}</Nm>` }).replace("<NbOfTxs>1<", "<NbOfTxs>7<"), "COUNT_MISMATCH"],
  ["a cut name", fin({ debtor: `${name} `.padEnd(34, "X").concat("+") }), "FIELD_TRUNCATED"],
];

describe("what is not understood in a screened place, stands twice, or has no right format", () => {
  test.each(strange("Zed Sample"))("holds the event: %s", (_, text, reason) => {
    expect(told(text)).toMatchObject([{ kind: "hold", reason }]);
  });

  test.each(strange(PLANTED))("is screened all the same: %s", (_, text) => {
    expect(told(text)).toMatchObject([{ kind: "hit" }]);
  });
});

describe("characters", () => {
  test("that are no bytes of the encoding are refused for the whole file", () => {
    for (const text of [xml(), fin(), json(people)]) {
      const bytes = Buffer.from(text.replace(/Ann|ANN/, "M\u00fcller"), "latin1");
      expect(convertMessage(bytes, { receivedAt: 1 })).toMatchObject([{ kind: "error", code: "MESSAGE_ENCODING" }]);
    }
  });

  test("whose declaration contradicts the bytes are refused", () => {
    const utf16 = Buffer.from(`\uFEFF<?xml version="1.0" encoding="UTF-8"?>${xml()}`, "utf16le");
    expect(convertMessage(utf16, { receivedAt: 1 })).toMatchObject([{ kind: "error", code: "MESSAGE_ENCODING" }]);
  });

  test.each([
    xml({ debtor: "<Nm>Ann B\uFFFDker</Nm>" }),
    fin({ debtor: "ANN B\uFFFDKER" }),
    json([{ role: "DEBTOR", name: "Ann B\uFFFDker" }, people[1]]),
  ])("that were lost before hold the event", (text) => {
    expect(told(text)).toMatchObject([{ kind: "hold", reason: "NAME_UNREADABLE" }]);
  });
});

describe("a type that is not read", () => {
  test.each([
    `<Document><BkToCstmrStmt><Stmt/></BkToCstmrStmt></Document>`,
    `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.01"><pacs.008.001.01><GrpHdr/></pacs.008.001.01></Document>`,
    fin().replace("I103", "I104"),
    fin().replace("I103", "I940"),
  ])("is an error: %s", (text) => {
    expect(told(text)).toEqual([{ kind: "refused", code: "MESSAGE_UNSUPPORTED" }]);
  });
});
