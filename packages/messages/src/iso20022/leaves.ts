/**
 * Elements without children that hold a code, an id, a date, a number or an amount by every version of the schemas. What a person put
 * there instead is screened: `isOneWord` tells.
 */
export const plainLeaves: ReadonlySet<string> = new Set(
  `MsgId InstrId CreDtTm CreDt NbOfTxs CtrlSum TtlIntrBkSttlmAmt TtlRtrdIntrBkSttlmAmt IntrBkSttlmDt BtchBookg GrpRtr
  GrpCxl EndToEndId UETR SttlmMtd Cd InstrPrty ClrChanl SttlmPrty ChrgBr ReqdExctnDt Dt DtTm IntrBkSttlmAmt
  InstdAmt EqvtAmt CcyOfTrf XchgRate UnitCcy RateTp QtdCcy Amt AccptncDtTm PoolgAdjstmntDt DbtDtTm CdtDtTm CLSTm
  TillTm FrTm RjctTm RmtLctnMtd DbtCdtRptgInd FrDt ToDt Yr SeqNb TtlTaxblBaseAmt TtlTaxAmt Rate TaxblBaseAmt
  TtlAmt PmtMtd OrgnlMsgNmId OrgnlCreDtTm OrgnlNbOfTxs OrgnlCtrlSum OrgnlUETR OrgnlIntrBkSttlmAmt
  OrgnlIntrBkSttlmDt RtrdIntrBkSttlmAmt RtrdInstdAmt CompstnAmt OrgnlReqdExctnDt OrgnlReqdColltnDt ReqdColltnDt
  SeqTp OrgnlInstdAmt DtOfSgntr AmdmntInd FnlColltnDt FrstColltnDt Frqcy PrePmtDt XpryDt AmtModAllwd EarlyPmtAllwd
  GrntedPmtReqd ChqTp ChqMtrtyDt AdrTp NmPrfx PrefrdMtd TpCd TrckgInd RmtdAmt DuePyblAmt DscntApldAmt CdtNoteAmt
  TaxAmt RltdDt CdtDbtInd BizMsgIdr MsgDefIdr BizSvc CpyDplct PssblDplct Prty CharSet BizPrcgDt Ccy TmUnit
  Regy PtInTm CntPerPrd Cnt RptdTtlAmt`.split(/\s+/),
);

/** References that people give: no text by the schemas, and yet whatever somebody writes there. They are screened as texts. */
export const givenIds: ReadonlySet<string> = new Set(
  `TxId ClrSysRef RmtId CtrctId RefNb FrmsCd TaxId RegnId PmtInfId
  OrgnlMsgId OrgnlInstrId OrgnlPmtInfId OrgnlEndToEndId OrgnlTxId OrgnlClrSysRef RtrId CxlId MndtId ChqNb UltmtDbtrId`.split(
    /\s+/,
  ),
);

/** What a code, an id, a number or a date is: no two words of letters. */
export function isOneWord(text: string): boolean {
  return text.length <= 64 && !/\p{L}\S*\s+\S*\p{L}/u.test(text);
}
