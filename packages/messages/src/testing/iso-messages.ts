import type { Choice } from "./choose.ts";

/*
 * ISO 20022 messages made by a grammar: every element that messages.md lists, and what else stands beside it in the schemas. Its people and
 * firms are placeholders.
 */

export const isoFamilies = [
  "pacs.008.001.02",
  "pacs.008.001.08",
  "pacs.009.001.08",
  "pacs.009.001.08COV",
  "pacs.004.001.02",
  "pacs.004.001.09",
  "pain.001.001.03",
  "pain.001.001.09",
  "pain.013.001.07",
  "camt.056.001.01",
  "camt.056.001.08",
] as const;

export type IsoFamily = (typeof isoFamilies)[number];

export function isoMessage(family: IsoFamily, choice: Choice): string {
  const version = Number(family.slice(13, 15));
  const writing: Writing = { choice, isNew: version >= 7, bic: version < 4 ? "BIC" : "BICFI" };
  const kind = family.slice(0, 8) + family.slice(15);
  const body = bodies[kind]!(writing);
  const header = choice.maybe() ? head(writing) : "";
  const document = `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:${family.slice(0, 15)}">${body}</Document>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Envelope>${header}${document}</Envelope>`;
}

interface Writing {
  readonly choice: Choice;
  readonly isNew: boolean;
  readonly bic: "BIC" | "BICFI";
}

function el(name: string, ...content: readonly string[]): string {
  return `<${name}>${content.join("")}</${name}>`;
}

function text(name: string, { choice }: Writing): string {
  return el(name, `Sample ${name} ${String(choice.next())}`);
}

function some(names: string, writing: Writing): string {
  return names
    .split(" ")
    .map((name) => (writing.choice.maybe() ? text(name, writing) : ""))
    .join("");
}

function opt(writing: Writing, make: () => string): string {
  return writing.choice.maybe() ? make() : "";
}

function address(w: Writing): string {
  const parts = w.isNew
    ? "Dept SubDept StrtNm BldgNb BldgNm Flr PstBx Room PstCd TwnNm TwnLctnNm DstrctNm CtrySubDvsn"
    : "Dept SubDept StrtNm BldgNb PstCd TwnNm CtrySubDvsn";
  return el("PstlAdr", some(parts, w), el("Ctry", "CH"), some("AdrLine AdrLine", w));
}

function party(name: string, w: Writing, wrap = false): string {
  const person = el(
    "PrvtId",
    el("DtAndPlcOfBirth", el("BirthDt", "1971-02-03"), some("PrvcOfBirth CityOfBirth", w), el("CtryOfBirth", "CH")),
    el("Othr", text("Id", w), el("SchmeNm", el("Cd", "CCPT")), some("Issr", w)),
  );
  const firm = el(
    "OrgId",
    el(w.isNew ? "AnyBIC" : "BICOrBEI", "UNCRITMM"),
    w.isNew ? el("LEI", "529900T8BM49AURSDO55") : "",
    el("Othr", text("Id", w), el("SchmeNm", text("Prtry", w)), some("Issr", w)),
  );
  const contact = el(
    "CtctDtls",
    some("Nm", w),
    el("PhneNb", "+41-315550100"),
    el("EmailAdr", "sample@example.com"),
    w.isNew ? some("JobTitl Rspnsblty Dept", w) + el("Othr", el("ChanlTp", "WEB"), text("Id", w)) : some("Othr", w),
  );
  const inner = [
    text("Nm", w),
    opt(w, () => address(w)),
    opt(w, () => el("Id", w.choice.one([person, firm]))),
    opt(w, () => el("CtryOfRes", "CH")),
    opt(w, () => contact),
  ].join("");
  return el(name, wrap ? el("Pty", inner) : inner);
}

function account(name: string, w: Writing): string {
  const other = el("Othr", text("Id", w), some("Issr", w));
  const id = el("Id", w.choice.one([other, el("IBAN", "GB29NWBK60161331926819")]));
  const proxy = w.isNew ? opt(w, () => el("Prxy", el("Tp", el("Cd", "EMAL")), text("Id", w))) : "";
  return el(
    name,
    id,
    opt(w, () => el("Tp", text("Prtry", w))),
    some("Nm", w),
    proxy,
  );
}

function institution(w: Writing): string {
  return el(
    "FinInstnId",
    el(w.bic, "COBADEFF"),
    opt(w, () => el("ClrSysMmbId", el("ClrSysId", el("Cd", "USABA")), el("MmbId", "021000021"))),
    w.isNew ? opt(w, () => el("LEI", "529900T8BM49AURSDO55")) : "",
    some("Nm", w),
    opt(w, () => address(w)),
    opt(w, () => el("Othr", text("Id", w), some("Issr", w))),
  );
}

function agent(name: string, w: Writing, wrap = false): string {
  const branch = opt(w, () =>
    el(
      "BrnchId",
      some("Id Nm", w),
      opt(w, () => address(w)),
    ),
  );
  const inner = institution(w) + branch;
  return el(name, wrap ? el("Agt", inner) : inner);
}

function agents(names: string, w: Writing): string {
  return names
    .split(" ")
    .map((name) => opt(w, () => agent(name, w) + opt(w, () => account(`${name}Acct`, w))))
    .join("");
}

function remittance(w: Writing): string {
  const document = el("RfrdDocInf", el("Tp", el("CdOrPrtry", text("Prtry", w))), some("Nb", w));
  const amount = el("RfrdDocAmt", el("AdjstmntAmtAndRsn", `<Amt Ccy="EUR">1</Amt>`, some("AddtlInf", w)));
  const reference = el("CdtrRefInf", el("Tp", el("CdOrPrtry", text("Prtry", w)), some("Issr", w)), some("Ref", w));
  const garnishment = w.isNew
    ? el("GrnshmtRmt", el("Tp", el("CdOrPrtry", el("Cd", "GNCS"))), party("Grnshee", w), party("GrnshmtAdmstr", w))
    : "";
  const tax = el("TaxRmt", taxParty("Cdtr", w), taxParty("Dbtr", w));
  return el(
    "RmtInf",
    some("Ustrd Ustrd", w),
    opt(w, () =>
      el(
        "Strd",
        document,
        amount,
        reference,
        party("Invcr", w),
        party("Invcee", w),
        tax,
        garnishment,
        some("AddtlRmtInf", w),
      ),
    ),
  );
}

function taxParty(name: string, w: Writing): string {
  return el(name, some("TaxId RegnId TaxTp", w), name === "Dbtr" ? el("Authstn", some("Titl Nm", w)) : "");
}

function money(name: string): string {
  return `<${name} Ccy="EUR">12.50</${name}>`;
}

const ids = (w: Writing): string => el("PmtId", el("InstrId", "I1"), el("EndToEndId", `E${String(w.choice.next())}`));

const paymentType = (w: Writing): string =>
  opt(w, () =>
    el("PmtTpInf", el("SvcLvl", text("Prtry", w)), el("LclInstrm", text("Prtry", w)), el("CtgyPurp", text("Prtry", w))),
  );

function instructions(w: Writing): string {
  const one = (name: string) => opt(w, () => el(name, some("InstrInf", w)));
  return one("InstrForCdtrAgt") + one("InstrForNxtAgt");
}

function reporting(w: Writing): string {
  const details = el("Dtls", some("Tp", w), el("Ctry", "CH"), some("Inf Inf", w));
  return opt(w, () => el("RgltryRptg", el("Authrty", some("Nm", w), el("Ctry", "CH")), details));
}

function related(w: Writing): string {
  const place = w.isNew
    ? el("RmtLctnDtls", el("Mtd", "POST"), el("PstlAdr", text("Nm", w), el("Adr", some("StrtNm TwnNm AdrLine", w))))
    : el("RmtLctnMtd", "POST") + el("RmtLctnPstlAdr", text("Nm", w), el("Adr", some("StrtNm TwnNm AdrLine", w)));
  return opt(w, () => el("RltdRmtInf", some("RmtId", w), place));
}

const supplement = (w: Writing): string =>
  opt(w, () => el("SplmtryData", some("PlcAndNm", w), el("Envlp", el("Own", text("Inner", w)))));

const purpose = (w: Writing): string => opt(w, () => el("Purp", text("Prtry", w)));

/** From the debtor's side to the creditor's. */
function transfer(w: Writing): string {
  return [
    opt(w, () => party("UltmtDbtr", w)),
    opt(w, () => party("InitgPty", w)),
    party("Dbtr", w),
    account("DbtrAcct", w),
    agents("DbtrAgt IntrmyAgt1 IntrmyAgt2 CdtrAgt", w),
    party("Cdtr", w),
    account("CdtrAcct", w),
    opt(w, () => party("UltmtCdtr", w)),
  ].join("");
}

function group(...more: readonly string[]): string {
  return el("GrpHdr", el("MsgId", "M1"), el("CreDtTm", "2026-11-20T10:00:00Z"), el("NbOfTxs", "1"), ...more);
}

function settlement(w: Writing): string {
  return el(
    "SttlmInf",
    el("SttlmMtd", "COVE"),
    opt(w, () => account("SttlmAcct", w)),
    agents("InstgRmbrsmntAgt InstdRmbrsmntAgt ThrdRmbrsmntAgt", w),
  );
}

function head(w: Writing): string {
  const side = (name: string) => el(name, el("FIId", institution({ ...w, bic: "BICFI" })));
  return el(
    "AppHdr",
    side("Fr"),
    side("To"),
    el("BizMsgIdr", "B1"),
    el("MsgDefIdr", "sample"),
    el("BizSvc", "sample.01"),
    el("CreDt", "2026-11-20T10:00:00Z"),
  );
}

function original(w: Writing): string {
  return el(
    "OrgnlTxRef",
    remittance(w),
    opt(w, () => party("UltmtDbtr", w, w.isNew)),
    party("Dbtr", w, w.isNew),
    account("DbtrAcct", w),
    agents("DbtrAgt CdtrAgt", w),
    party("Cdtr", w, w.isNew),
    account("CdtrAcct", w),
    opt(w, () => party("UltmtCdtr", w, w.isNew)),
  );
}

function reason(name: string, w: Writing): string {
  return el(
    name,
    opt(w, () => party("Orgtr", w)),
    el("Rsn", text("Prtry", w)),
    some("AddtlInf AddtlInf", w),
  );
}

function order(w: Writing, request: boolean): string {
  const name = request ? "CdtTrfTx" : "CdtTrfTxInf";
  const cheque = opt(w, () =>
    el("ChqInstr", el("ChqFr", text("Nm", w), el("Adr", some("StrtNm TwnNm", w))), some("MemoFld PrtLctn", w)),
  );
  return el(
    "PmtInf",
    el("PmtInfId", "P1"),
    el("PmtMtd", "TRF"),
    paymentType(w),
    el("ReqdExctnDt", request || w.isNew ? el("Dt", "2026-11-23") : "2026-11-23"),
    party("Dbtr", w),
    account("DbtrAcct", w),
    agent("DbtrAgt", w),
    opt(w, () => party("UltmtDbtr", w)),
    el(
      name,
      ids(w),
      el("Amt", money("InstdAmt")),
      cheque,
      opt(w, () => party("UltmtDbtr", w)),
      agents("IntrmyAgt1 CdtrAgt", w),
      party("Cdtr", w),
      account("CdtrAcct", w),
      opt(w, () => party("UltmtCdtr", w)),
      instructions(w),
      purpose(w),
      reporting(w),
      related(w),
      remittance(w),
      supplement(w),
    ),
  );
}

const bodies: Readonly<Record<string, (w: Writing) => string>> = {
  "pacs.008": (w) =>
    el(
      "FIToFICstmrCdtTrf",
      group(
        settlement(w),
        opt(w, () => agent("InstgAgt", w)),
      ),
      el(
        "CdtTrfTxInf",
        ids(w),
        paymentType(w),
        money("IntrBkSttlmAmt"),
        opt(w, () => el("ChrgsInf", money("Amt"), agent(w.isNew ? "Agt" : "Pty", w))),
        agents(w.isNew ? "PrvsInstgAgt1 InstgAgt InstdAgt" : "PrvsInstgAgt InstgAgt InstdAgt", w),
        transfer(w),
        instructions(w),
        purpose(w),
        reporting(w),
        related(w),
        remittance(w),
        w.isNew ? supplement(w) : "",
      ),
    ),
  "pacs.009": (w) => el("FICdtTrf", group(settlement(w)), bankTransfer(w, "")),
  "pacs.009COV": (w) =>
    el(
      "FICdtTrf",
      group(settlement(w)),
      bankTransfer(w, el("UndrlygCstmrCdtTrf", transfer(w), instructions(w), remittance(w))),
    ),
  "pacs.004": (w) => {
    const chain = el("RtrChain", party("Dbtr", w, true), agents("DbtrAgt CdtrAgt", w), party("Cdtr", w, true));
    return el(
      "PmtRtr",
      group(settlement(w)),
      el(
        "TxInf",
        some("RtrId OrgnlInstrId OrgnlEndToEndId OrgnlTxId", w),
        money("RtrdIntrBkSttlmAmt"),
        agents("InstgAgt InstdAgt", w),
        w.isNew ? chain : "",
        reason("RtrRsnInf", w),
        original(w),
        w.isNew ? supplement(w) : "",
      ),
    );
  },
  "pain.001": (w) =>
    el(
      "CstmrCdtTrfInitn",
      group(
        party("InitgPty", w),
        opt(w, () => agent("FwdgAgt", w)),
      ),
      order(w, false),
      w.isNew ? supplement(w) : "",
    ),
  "pain.013": (w) => el("CdtrPmtActvtnReq", group(party("InitgPty", w)), order(w, true), supplement(w)),
  "camt.056": (w) =>
    el(
      "FIToFIPmtCxlReq",
      el(
        "Assgnmt",
        el("Id", "A1"),
        agent("Assgnr", w, true),
        agent("Assgne", w, true),
        el("CreDtTm", "2026-11-20T10:00:00Z"),
      ),
      el(
        "Undrlyg",
        el(
          "TxInf",
          some("CxlId OrgnlInstrId OrgnlEndToEndId", w),
          opt(w, () => el("Case", el("Id", "C1"), agent("Cretr", w, true))),
          money("OrgnlIntrBkSttlmAmt"),
          reason("CxlRsnInf", w),
          original(w),
        ),
      ),
    ),
};

function bankTransfer(w: Writing, underlying: string): string {
  return el(
    "CdtTrfTxInf",
    ids(w),
    money("IntrBkSttlmAmt"),
    agents("PrvsInstgAgt1 InstgAgt InstdAgt IntrmyAgt1", w),
    opt(w, () => agent("UltmtDbtr", w)),
    agent("Dbtr", w),
    account("DbtrAcct", w),
    agents("DbtrAgt CdtrAgt", w),
    agent("Cdtr", w),
    account("CdtrAcct", w),
    opt(w, () => agent("UltmtCdtr", w)),
    instructions(w),
    purpose(w),
    el("RmtInf", some("Ustrd Ustrd", w)),
    underlying,
    supplement(w),
  );
}
