import type { AgentRole, PartyRole } from "@cordon/schemas";

import { accountOf, type EventDraft, isBic } from "../event-draft.ts";
import { readAgent } from "./agent.ts";
import { readFact } from "./facts.ts";
import { filledLines, type FinField, lineText, valueOf } from "./field.ts";
import { behind } from "./lines.ts";
import { readParty } from "./party.ts";
import { misplaced } from "./problems.ts";
import { readCoded, readInstruction, readLines, readReporting, readText, type TextShape } from "./texts.ts";
import type { FinKind, FinType } from "./types.ts";

/** What the reading of a field depends on. */
export interface FieldContext {
  readonly type: FinType;
  readonly sequence: "A" | "B";
  /** Whether the payment that a message is about is one between banks. */
  readonly isBank: boolean;
  readonly maxChars: number;
}

const agentRoles: Readonly<Record<string, AgentRole>> = {
  "51": "OTHER",
  "52": "DEBTOR_AGENT",
  "53": "REIMBURSEMENT",
  "54": "REIMBURSEMENT",
  "55": "REIMBURSEMENT",
  "56": "INTERMEDIARY",
  "57": "CREDITOR_AGENT",
  "58": "CREDITOR_INSTITUTION",
};

const remittance = "remittanceInformation";
const texts: Readonly<Record<string, TextShape>> = {
  "70": { array: remittance, width: 35, most: 4 },
  "75": { array: remittance, width: 35, most: 6 },
  "76": { array: remittance, width: 35, most: 6 },
  "77A": { array: remittance, width: 35, most: 20 },
  "77T": { array: remittance, width: null, most: 9000 },
  "79": { array: remittance, width: 50, most: 35 },
};

/** Reads fields of one sequence into the draft: every text of them goes somewhere. */
export function readFields(fields: readonly FinField[], context: FieldContext, draft: EventDraft): void {
  tellTwice(fields, context.type.kind, draft);
  const known = context.type.tags(context.sequence);
  for (const field of fields) {
    if (field.tag === "") {
      misplaced(draft, field.path, "a text in front of the first field");
      readLines(field, draft);
      continue;
    }
    if (known !== null && !known.has(field.tag))
      misplaced(draft, field.path, "a field that the message's type does not have there");
    readField(field, context, draft);
  }
}

function readField(field: FinField, context: FieldContext, draft: EventDraft): void {
  const { tag, number, option } = field;
  const { type, sequence, maxChars } = context;
  const party = partyRole(field);
  const agent = agentRoles[number];
  const text = texts[tag];
  if (tag === "21" && sequence === "A" && type.kind === "request") readLines(field, draft, "ID");
  else if (tag === "23E") readInstruction(field, draft);
  else if (party !== null) readParty(field, party, draft);
  else if (agent !== undefined) readAgent(field, roleOf(field, agent, context), draft);
  else if (text !== undefined) readText(field, text, draft, maxChars);
  else if (tag === "72") readCoded(field, { array: "instructions", most: 6 }, draft, maxChars);
  else if (tag === "77B") readReporting(field, draft, maxChars);
  else if (number === "25" && type.kind === "credit") readCredited(field, draft);
  else if (number === "25" && option === "A") readCharged(field, draft);
  else if (tag === "25") readLines(field, draft);
  else if (!readFact(field, draft)) {
    // A field that we do not know: its text is screened, and its type was told as wrong, unless any field may stand there.
    if (type.tags(sequence) === null) draft.problem("FIELD_UNREAD", field.path, "a field that is not known");
    readText(field, { array: remittance, width: null, most: Infinity }, draft, maxChars);
  }
}

function partyRole({ number, option }: FinField): PartyRole | null {
  if (number === "50") return option === "C" || option === "L" ? "INITIATING_PARTY" : "DEBTOR";
  return number === "59" ? "CREDITOR" : null;
}

/** Between banks the one that pays is an institution; in the second part of a cover there are customers. */
function roleOf({ number }: FinField, role: AgentRole, { isBank, sequence, type }: FieldContext): AgentRole {
  if (number !== "52" || !isBank) return role;
  return sequence === "A" || type.kind !== "cover" ? "DEBTOR_INSTITUTION" : role;
}

/** `25` of a credit: the account of who receives the message. `25P` has its BIC, too. */
function readCredited(field: FinField, draft: EventDraft): void {
  const { agent, path } = draft.agent("CREDITOR_INSTITUTION");
  const role = "CREDITOR_INSTITUTION";
  filledLines(field).forEach((index, i) => {
    const line = lineText(field, index);
    if (i === 0) {
      const source = behind(line, /^\/*/.exec(line.text)![0].length);
      const value = draft.put({ path: `${path}.account.value`, role }, [{ kind: "ACCOUNT", source }]);
      agent.account = accountOf("ACCOUNT", value, null);
    } else if (agent.bic === null && isBic(line.text))
      agent.bic = draft.put({ path: `${path}.bic`, role }, [{ kind: "BIC", source: line }]);
    else {
      misplaced(draft, line.path, "more lines than the field has");
      draft.line("instructions", "TEXT", line);
    }
  });
}

/** `25A`: the account that charges are taken from. */
function readCharged(field: FinField, draft: EventDraft): void {
  if (!valueOf(field).startsWith("/")) misplaced(draft, field.path, "an account without its slash");
  readLines(field, draft, "ACCOUNT");
}

/** Which fields a sequence has once: all of one number together, but who instructs is another than who pays. */
function onceOf({ number, tag, option }: FinField): string | null {
  if (number === "50") return option === "C" || option === "L" ? "50 who instructs" : "50";
  if (agentRoles[number] !== undefined || number === "59" || number === "32") return number;
  return ["20", "21", "70", "72", "77B", "77T", "79"].includes(tag) ? tag : null;
}

/** All are read. */
function tellTwice(fields: readonly FinField[], kind: FinKind, draft: EventDraft): void {
  // A query may copy any fields, of several payments.
  if (kind === "free") return;
  const met = new Set<string>();
  for (const field of fields) {
    const once = onceOf(field);
    if (once === null) continue;
    if (met.has(once)) misplaced(draft, field.path, "a field that stands there once stands there again");
    met.add(once);
  }
}
