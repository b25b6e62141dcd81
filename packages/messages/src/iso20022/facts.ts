import type { Rail } from "@cordon/schemas";

import { type EventDraft, moneyOf } from "../event-draft.ts";
import { childOf, nodeAt, type XmlNode } from "../xml/node.ts";

/** Roots of the messages that are read, and their family. */
export const families: ReadonlyMap<string, string> = new Map([
  ["FIToFICstmrCdtTrf", "pacs.008"],
  ["FICdtTrf", "pacs.009"],
  ["FinInstnCdtTrf", "pacs.009"],
  ["PmtRtr", "pacs.004"],
  ["CstmrCdtTrfInitn", "pain.001"],
  ["CdtrPmtActvtnReq", "pain.013"],
  ["FIToFIPmtCxlReq", "camt.056"],
]);

/** `pacs.008.001.08`: the version by the namespace, whatever that begins with, else by the header; the family alone where neither tells. */
export function formatOf(root: string, namespace: string | null, header: XmlNode | null): string {
  const family = families.get(root) ?? root;
  const version = new RegExp(`${family.replace(".", "\\.")}\\.(\\d{3}\\.\\d{2})`).exec(
    namespace ?? (header === null ? "" : (childOf(header, "MsgDefIdr")?.text?.text ?? "")),
  )?.[1];
  return version === undefined ? family : `${family}.${version}`;
}

const amounts = [
  ["IntrBkSttlmAmt"],
  ["RtrdIntrBkSttlmAmt"],
  ["InstdAmt"],
  ["Amt", "InstdAmt"],
  ["Amt", "EqvtAmt", "Amt"],
  ["EqvtAmt", "Amt"],
  ["OrgnlIntrBkSttlmAmt"],
  ["OrgnlTxRef", "IntrBkSttlmAmt"],
] as const;

/** Money, references and times. What is no amount holds the event. */
export function readFacts(
  transaction: XmlNode,
  above: readonly XmlNode[],
  header: XmlNode | null,
  draft: EventDraft,
): void {
  for (const path of amounts) {
    const node = nodeAt(transaction, ...path);
    if (node === undefined || node.children.length > 0) continue;
    draft.money = moneyOf(node.text?.text ?? "", node.currency ?? "");
    if (draft.money === null) draft.problem("FIELD_MISPLACED", node.path, "an amount that cannot be read");
    break;
  }
  const text = (...path: readonly string[]): string | null => nodeAt(transaction, ...path)?.text?.text ?? null;
  draft.instructionId = text("PmtId", "InstrId") ?? text("OrgnlInstrId");
  draft.endToEndId = text("PmtId", "EndToEndId") ?? text("OrgnlEndToEndId");
  draft.uetr = text("PmtId", "UETR") ?? text("OrgnlUETR");
  draft.rail = railOf(transaction, above, header);
  const group = above[0];
  const made =
    group === undefined ? undefined : (nodeAt(group, "GrpHdr", "CreDtTm") ?? nodeAt(group, "Assgnmt", "CreDtTm"));
  const node = made ?? (header === null ? undefined : childOf(header, "CreDt"));
  if (node === undefined) return;
  draft.createdAt = timeOf(node.text?.text ?? "");
  if (draft.createdAt === null) draft.problem("FIELD_MISPLACED", node.path, "a date that cannot be read");
}

function timeOf(text: string): number | null {
  const parts = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2}(?:\.\d+)?))?(Z|[+-]\d{2}:\d{2})?$/.exec(text);
  if (parts === null) return null;
  const at = Date.parse(`${parts[1]!}T${(parts[2] ?? "00:00:00").slice(0, 12)}${parts[3] ?? "Z"}`);
  return Number.isFinite(at) ? at : null;
}

const clearingRails: Readonly<Record<string, Rail>> = {
  FDW: "FEDWIRE",
  FDN: "FEDNOW",
  TGT: "TARGET2",
  CHAPS: "CHAPS",
  TCH: "RTP",
  RTP: "RTP",
  ST2: "SEPA_CREDIT",
};

/** By clearing system, service level, service: the nearest wins. */
function railOf(transaction: XmlNode, above: readonly XmlNode[], header: XmlNode | null): Rail | null {
  const levels = [
    transaction,
    ...above.toReversed(),
    ...above.flatMap((node) => node.children.filter(({ name }) => name === "GrpHdr")),
  ];
  for (const level of levels) {
    const system = nodeAt(level, "SttlmInf", "ClrSys") ?? nodeAt(level, "OrgnlTxRef", "SttlmInf", "ClrSys");
    const code = system === undefined ? undefined : (childOf(system, "Cd") ?? childOf(system, "Prtry"))?.text?.text;
    const rail = code === undefined ? undefined : clearingRails[code];
    if (rail !== undefined) return rail;
  }
  for (const level of levels) {
    const type = childOf(level, "PmtTpInf");
    if (type === undefined) continue;
    const service = type.children
      .filter(({ name }) => name === "SvcLvl")
      .map((node) => childOf(node, "Cd")?.text?.text);
    if (service.includes("SEPA"))
      return nodeAt(type, "LclInstrm", "Cd")?.text?.text === "INST" ? "SEPA_INSTANT" : "SEPA_CREDIT";
  }
  const service = header === null ? undefined : childOf(header, "BizSvc")?.text?.text;
  return service?.startsWith("swift.cbprplus") === true ? "SWIFT" : null;
}
