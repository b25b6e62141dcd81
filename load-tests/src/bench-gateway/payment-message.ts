import type { Payment } from "@cordon/schemas";

const escaped: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const xml = (text: string): string => text.replaceAll(/[&<>]/g, (character) => escaped[character] ?? "");

const address = (town: string, country: string): string =>
  `<PstlAdr><StrtNm>Long Lane</StrtNm><BldgNb>12</BldgNb><PstCd>1004</PstCd><TwnNm>${town}</TwnNm><Ctry>${country}</Ctry></PstlAdr>`;
const agent = (element: string, bic: string): string =>
  `<${element}><FinInstnId><BICFI>${bic}</BICFI></FinInstnId></${element}>`;

/** A payment between banks' customers as a message of ISO 20022, of the size that they have: addresses, agents, a line. */
export function paymentMessage(payment: Payment): string {
  const [debtor, creditor] = payment.parties.map(({ name }) => xml(name));
  const id = xml(payment.eventId);
  return (
    `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><FIToFICstmrCdtTrf>` +
    `<GrpHdr><MsgId>${id}</MsgId><CreDtTm>2026-11-20T10:00:00Z</CreDtTm><NbOfTxs>1</NbOfTxs><SttlmInf><SttlmMtd>INDA</SttlmMtd></SttlmInf></GrpHdr>` +
    `<CdtTrfTxInf><PmtId><InstrId>${id}</InstrId><EndToEndId>${id}</EndToEndId></PmtId>` +
    `<IntrBkSttlmAmt Ccy="EUR">1250.00</IntrBkSttlmAmt><IntrBkSttlmDt>2026-11-20</IntrBkSttlmDt><ChrgBr>SHAR</ChrgBr>` +
    `${agent("InstgAgt", "COBADEFF")}${agent("InstdAgt", "BNPAFRPP")}` +
    `<Dbtr><Nm>${debtor ?? ""}</Nm>${address("Bern", "CH")}</Dbtr><DbtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></DbtrAcct>` +
    `${agent("DbtrAgt", "COBADEFF")}${agent("CdtrAgt", "BNPAFRPP")}` +
    `<Cdtr><Nm>${creditor ?? ""}</Nm>${address("Lyon", "FR")}</Cdtr><CdtrAcct><Id><IBAN>FR1420041010050500013M02606</IBAN></Id></CdtrAcct>` +
    `<RmtInf><Ustrd>Invoice 2026-4711 thank you</Ustrd></RmtInf></CdtTrfTxInf></FIToFICstmrCdtTrf></Document>`
  );
}
