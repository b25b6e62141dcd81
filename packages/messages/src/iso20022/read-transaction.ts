import type { EventDraft, LineArray } from "../event-draft.ts";
import type { SourceText } from "../text/source-text.ts";
import { BESIDE, childOf, type XmlNode } from "../xml/node.ts";
import { readAgent, readParty, take, takeAll, takeRest } from "./actors.ts";
import { givenIds, isOneWord, plainLeaves } from "./leaves.ts";
import { agentRoles, institutionRoles, onlyOnce, partyRoles } from "./roles.ts";

/** What a walk through a message knows of where it is. */
interface Around {
  readonly draft: EventDraft;
  /** Where texts that nobody names a place for go. */
  readonly lines: LineArray;
}

/** Elements whose texts stand in an array of their own. */
const textBlocks: ReadonlyMap<string, LineArray> = new Map<string, LineArray>([
  ["RmtInf", "remittanceInformation"],
  ["RltdRmtInf", "remittanceInformation"],
  ["SplmtryData", "remittanceInformation"],
  ["RgltryRptg", "regulatoryReporting"],
  ["InstrForCdtrAgt", "instructions"],
  ["InstrForNxtAgt", "instructions"],
  ["InstrForDbtrAgt", "instructions"],
  ["PmtTpInf", "instructions"],
]);

/** Leaves that are texts by every version. */
const textLeaves: ReadonlySet<string> = new Set(
  `Ustrd AddtlRmtInf AddtlInf InstrInf Inf Prtry Desc Nb Ref Issr Tp MemoFld PrtLctn FrmsCd Titl Rsn CtgyDesc Mtd
  ElctrncAdr ElctrncAdrTp DbtrSts Ctgy Sts AdmstnZone RegnId PlcAndNm Rptg URLAdr Id CtrctId RefNb UnstrdInf Val`.split(
    /\s+/,
  ),
);

/** Reads an element of a message and everything in it: parties, agents and texts go into the draft. */
export function readElements(node: XmlNode, draft: EventDraft, lines: LineArray = "remittanceInformation"): void {
  walk(node, { draft, lines });
}

function walk(node: XmlNode, around: Around): void {
  const met = new Map<string, number>();
  for (const child of node.children) {
    const index = met.get(child.name) ?? 0;
    met.set(child.name, index + 1);
    if (index > 0 && onlyOnce.has(child.name) && (child.children.length > 0 || child.text !== null))
      around.draft.problem("FIELD_MISPLACED", child.path, "an element that a transaction has once stands there again");
    element(child, node, index, around);
  }
}

function element(node: XmlNode, parent: XmlNode, index: number, around: Around): void {
  const { draft } = around;
  const { name } = node;
  if (node.children.length === 0) {
    leaf(node, parent, around);
    return;
  }
  // An account is read with its bearer.
  if (name.endsWith("Acct") && !isLonely(node, parent)) return;
  const account = index === 0 ? childOf(parent, `${name}Acct`) : undefined;
  const isInstitution = childOf(node, "FinInstnId") !== undefined || childOf(node, "Agt") !== undefined;
  const agentRole = agentRoles.get(name);
  if (agentRole !== undefined || (isInstitution && partyRoles.has(name))) {
    readAgent(node, agentRole ?? institutionRoles.get(name) ?? "OTHER", account, draft);
    return;
  }
  const partyRole = partyRoles.get(name);
  if (partyRole !== undefined && !taxBlocks.has(parent.name)) {
    readParty(node, partyRole, account, draft);
    return;
  }
  if (name.endsWith("Acct")) {
    readAgent(undefined, name === "SttlmAcct" ? "REIMBURSEMENT" : "OTHER", node, draft);
    return;
  }
  if (name === "Purp" || name === "CtgyPurp") {
    for (const text of [take(node, "Cd"), take(node, "Prtry")]) if (text !== null) draft.purpose(text);
    walk(node, around);
    return;
  }
  if (
    (taxParties.has(name) && taxBlocks.has(parent.name)) ||
    (name === "Authstn" && childOf(node, "Nm") !== undefined)
  ) {
    readTaxParty(node, draft);
    walk(node, around);
    return;
  }
  if ((name === "PstlAdr" || name === "RmtLctnPstlAdr") && childOf(node, "Nm") !== undefined) {
    // Where remittance advice is sent: a name, and its address.
    readParty(node, "RELATED_PARTY", undefined, draft);
    return;
  }
  const lines = textBlocks.get(name);
  if (name === "SplmtryData" || name === "NclsdFile") {
    everyText(node, draft);
    return;
  }
  walk(node, lines === undefined ? around : { draft, lines });
}

/** In which a debtor and a creditor are those of a tax. */
const taxBlocks: ReadonlySet<string> = new Set(["Tax", "TaxRmt"]);

const taxParties: ReadonlySet<string> = new Set(["Cdtr", "Dbtr", "UltmtDbtr"]);

function readTaxParty(node: XmlNode, draft: EventDraft): void {
  const drafted = draft.party("RELATED_PARTY");
  const { party, path } = drafted;
  const name = take(node, "Nm");
  if (name !== null)
    party.name = draft.put({ path: `${path}.name`, role: "RELATED_PARTY" }, [{ kind: "NAME", source: name }]);
  for (const id of ["TaxId", "RegnId"]) {
    const text = take(node, id);
    if (text !== null) draft.identifier(drafted, "TAX_ID", { kind: "ID", source: text });
  }
  for (const text of [...takeAll(node, "TaxTp"), ...takeAll(node, "Titl")])
    draft.line("remittanceInformation", "TEXT", text);
  const authorised = childOf(node, "Authstn");
  if (authorised !== undefined) {
    const person = take(authorised, "Nm");
    const title = take(authorised, "Titl");
    if (title !== null) draft.line("remittanceInformation", "TEXT", title);
    if (person !== null) {
      const related = draft.party("RELATED_PARTY");
      related.party.name = draft.put({ path: `${related.path}.name`, role: "RELATED_PARTY" }, [
        { kind: "NAME", source: person },
      ]);
    }
  }
}

/** An account whose bearer does not stand beside it. */
function isLonely(node: XmlNode, parent: XmlNode): boolean {
  const bearer = node.name.slice(0, -"Acct".length);
  const first = childOf(parent, node.name);
  return childOf(parent, bearer) === undefined || first !== node;
}

function leaf(node: XmlNode, parent: XmlNode, { draft, lines }: Around): void {
  const { name, text } = node;
  if (text === null || node.seen) {
    if (name !== "Nclsr" && !partyRoles.has(name)) node.seen = true;
    return;
  }
  if (name === "Ctry" && lines === "regulatoryReporting") put(node, text, "COUNTRY");
  else if (name === "Nm" && lines === "regulatoryReporting") put(node, text, "TEXT");
  else if (textBlocks.has(name) && name !== "RmtInf") {
    node.seen = true;
    draft.line(textBlocks.get(name)!, "TEXT", text);
  } else if (givenIds.has(name)) {
    node.seen = true;
    draft.line("instructions", "ID", text);
  } else if (plainLeaves.has(name) && isOneWord(text.text)) node.seen = true;
  else if (plainLeaves.has(name) || textLeaves.has(name)) {
    if (name === "Id" && isOneWord(text.text) && lines !== "remittanceInformation") node.seen = true;
    else if (name === "Id" && !taxBlocks.has(parent.name) && isOneWord(text.text) && caseIds.has(parent.name))
      node.seen = true;
    else put(node, text, "TEXT");
  }

  function put(of: XmlNode, source: SourceText, kind: "TEXT" | "COUNTRY"): void {
    of.seen = true;
    const isProprietary = name === "Prtry" && lines === "remittanceInformation" && !isRemittance(of);
    draft.line(isProprietary ? "instructions" : lines, kind, source);
  }
}

const caseIds: ReadonlySet<string> = new Set(["Assgnmt", "Case"]);

function isRemittance({ path }: XmlNode): boolean {
  return /(?:^|\/)(?:RmtInf|RltdRmtInf|RtrRsnInf|CxlRsnInf|SplmtryData|Tax)(?:\[\d+\])?\//.test(path);
}

function everyText(node: XmlNode, draft: EventDraft): void {
  if (node.children.length === 0 && node.text !== null) {
    node.seen = true;
    draft.line("remittanceInformation", "TEXT", node.text);
  }
  for (const child of node.children) everyText(child, draft);
}

/**
 * What nothing has read: elements that are not known, texts beside elements, attributes, files. Their texts are screened, and each holds
 * the event.
 */
export function readUnread(node: XmlNode, draft: EventDraft): void {
  const told = (text: SourceText | null, detail: string): void => {
    draft.problem("FIELD_UNREAD", node.path === "" ? null : node.path, detail);
    if (text !== null) draft.line("remittanceInformation", "TEXT", text);
  };
  if (node.name === "Nclsr") told(null, "a file in the message is not read");
  if (node.text !== null && (node.children.length > 0 || node.name === BESIDE)) told(node.text, "text beside elements");
  else if (node.text !== null && !node.seen) told(node.text, "an element that is not known there");
  for (const attribute of node.strange) told(attribute, "an attribute that is not known there");
  for (const child of node.children) readUnread(child, draft);
}

export { takeRest };
