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

const bank = (name: string, bic: string): string => `<${name}><FinInstnId><BICFI>${bic}</BICFI></FinInstnId></${name}>`;

function pacs008(creditor: string, count = 1): string {
  return `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><FIToFICstmrCdtTrf><GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-11-20T10:00:00Z</CreDtTm><NbOfTxs>${String(count)}</NbOfTxs></GrpHdr><CdtTrfTxInf><PmtId><EndToEndId>E1</EndToEndId></PmtId><IntrBkSttlmAmt Ccy="EUR">12.50</IntrBkSttlmAmt><Dbtr><Nm>Ann Baker</Nm></Dbtr>${bank("DbtrAgt", "COBADEFF")}${bank("CdtrAgt", "NWBKGB2L")}<Cdtr><Nm>${creditor}</Nm></Cdtr></CdtTrfTxInf></FIToFICstmrCdtTrf></Document>`;
}

function fileOf(text: string): string {
  const path = folder.path("message");
  writeFileSync(path, text);
  return path;
}

const screened = (name: string) => cordon(["message", "--screen", "--index", index, fileOf(pacs008(name))]);

describe("cordon message", () => {
  test("prints what is screened of each transaction, by role, and where it stands", async () => {
    const ran = await cordon(["message", fileOf(pacs008("Bob Carter"))]);
    expect(ran.code).toBe(0);
    expect(ran.out).toContain("pacs.008.001.08, transaction 1");
    expect(ran.out).toMatch(/CREDITOR +NAME +Bob Carter {4}\(\S*Cdtr\/Nm\)/);
  });

  test("gives programs a line of JSON a transaction, with the amount as a decimal", async () => {
    const ran = await cordon(["message", "-", "--json"], pacs008("Bob Carter"));
    expect(ran.code).toBe(0);
    const { event, fields } = JSON.parse(ran.out) as { event: object; fields: readonly object[] };
    expect(event).toMatchObject({
      money: { amount: expect.stringMatching(/^12\.50*$/), currency: "EUR" },
      problems: [],
    });
    expect(fields).toContainEqual(expect.objectContaining({ role: "CREDITOR", kind: "NAME", text: "Bob Carter" }));
  });

  test("screens each transaction, and says of a hit where it stands and why", async () => {
    const clear = await screened("Bob Carter");
    expect([clear.code, clear.out.includes("  CLEAR\n")]).toEqual([0, true]);
    const hit = await screened("SEFEROVIC, Nusret");
    expect(hit.code).toBe(1);
    expect(hit.out).toMatch(/ {2}HIT\n {4}\S*Cdtr\/Nm: SEFEROVIC, Nusret\n/);
  });

  test("ends with 1 where a transaction has a problem, and screens it as held", async () => {
    const file = fileOf(pacs008("Bob Carter", 2));
    const told = await cordon(["message", file]);
    expect([told.code, told.out.includes("COUNT_MISMATCH")]).toEqual([1, true]);
    const held = await cordon(["message", "--screen", "--index", index, file]);
    expect([held.code, held.out.includes("  HOLD COUNT_MISMATCH\n")]).toEqual([1, true]);
  });

  test.each([
    ["a statement", "{1:F01COBADEFFAXXX0000000000}{2:I940NWBKGB2LXXXXN}{4:\r\n:20:R1\r\n-}", "MESSAGE_UNSUPPORTED"],
    ["a text of another kind", "hello", "MESSAGE_MALFORMED"],
    ["a message that is cut off", pacs008("Bob Carter").slice(0, -40), "MESSAGE_MALFORMED"],
    ["nothing", "", "MESSAGE_EMPTY"],
  ])("refuses %s, by its code and without quoting it", async (_, text, code) => {
    const ran = await cordon(["message", "-", "--json"], text);
    const lines = ran.out.trimEnd().split("\n");
    expect(ran.code).not.toBe(0);
    expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ error: { code } });
    expect(ran.out.includes("COBADEFFAXXX")).toBe(false);
  });

  test("shows a terminal no command that stands in a name", async () => {
    const ran = await cordon(["message", fileOf(pacs008("Bob \u009b2J\u202eCarter"))]);
    expect(ran.out).toContain("Bob \\u009b2J\\u202eCarter");
  });

  test("says what is wrong with its arguments", async () => {
    for (const args of [
      [],
      ["a", "b"],
      ["a", "--screen"],
      ["a", "--rail", "CARRIER_PIGEON"],
      ["a", "--format", "csv"],
    ]) {
      const { code, err } = await cordon(["message", ...args]);
      expect([code, err.length > 0]).toEqual([2, true]);
    }
    expect((await cordon(["message", folder.path("absent")])).err).toContain("absent");
  });
});
