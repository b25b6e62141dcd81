/**
 * Elements without children that hold a code, an id, a date, a number or an amount by every version of the schemas. What a person put
 * there instead is screened: `isOneWord` tells.
 */
export const plainLeaves: ReadonlySet<string> = new Set(
  `MsgId CreDtTm CreDt NbOfTxs CtrlSum TtlIntrBkSttlmAmt TtlRtrdIntrBkSttlmAmt IntrBkSttlmDt BtchBookg GrpRtr GrpCxl
  InstrId EndToEndId TxId ClrSysRef UETR SttlmMtd Cd InstrPrty ClrChanl SttlmPrty ChrgBr ReqdExctnDt Dt DtTm
  IntrBkSttlmAmt InstdAmt EqvtAmt CcyOfTrf XchgRate UnitCcy RateTp CtrctId QtdCcy Amt AccptncDtTm PoolgAdjstmntDt
  DbtDtTm CdtDtTm CLSTm TillTm FrTm RjctTm RmtId RmtLctnMtd DbtCdtRptgInd FrDt ToDt Yr SeqNb
  RefNb FrmsCd TaxId RegnId TtlTaxblBaseAmt TtlTaxAmt Rate TaxblBaseAmt TtlAmt
  PmtInfId PmtMtd OrgnlMsgId OrgnlMsgNmId OrgnlCreDtTm OrgnlNbOfTxs OrgnlCtrlSum OrgnlInstrId OrgnlPmtInfId
  OrgnlEndToEndId OrgnlTxId OrgnlUETR OrgnlClrSysRef OrgnlIntrBkSttlmAmt OrgnlIntrBkSttlmDt RtrId RtrdIntrBkSttlmAmt
  RtrdInstdAmt CompstnAmt CxlId OrgnlReqdExctnDt OrgnlReqdColltnDt ReqdColltnDt SeqTp OrgnlInstdAmt
  MndtId DtOfSgntr AmdmntInd FnlColltnDt FrstColltnDt Frqcy PrePmtDt XpryDt AmtModAllwd EarlyPmtAllwd GrntedPmtReqd
  ChqNb ChqTp ChqMtrtyDt AdrTp NmPrfx PrefrdMtd TpCd TrckgInd RmtdAmt DuePyblAmt DscntApldAmt CdtNoteAmt TaxAmt RltdDt
  CdtDbtInd BizMsgIdr MsgDefIdr BizSvc CpyDplct PssblDplct Prty CharSet BizPrcgDt Ccy Sgntr TmUnit PtInTm CntPerPrd Cnt
  UltmtDbtrId RptdTtlAmt`.split(/\s+/),
);

/** What a code, an id, a number or a date is: no two words of letters. */
export function isOneWord(text: string): boolean {
  return text.length <= 64 && !/\p{L}\S*\s+\S*\p{L}/u.test(text);
}
