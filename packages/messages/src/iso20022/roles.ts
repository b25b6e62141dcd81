import type { AgentRole, PartyRole } from "@cordon/schemas";

export const partyRoles: ReadonlyMap<string, PartyRole> = new Map<string, PartyRole>([
  ["Dbtr", "DEBTOR"],
  ["UltmtDbtr", "ULTIMATE_DEBTOR"],
  ["InitgPty", "INITIATING_PARTY"],
  ["Cdtr", "CREDITOR"],
  ["UltmtCdtr", "ULTIMATE_CREDITOR"],
  ["Orgtr", "RELATED_PARTY"],
  ["Cretr", "RELATED_PARTY"],
  ["Invcr", "RELATED_PARTY"],
  ["Invcee", "RELATED_PARTY"],
  ["Grnshee", "RELATED_PARTY"],
  ["GrnshmtAdmstr", "RELATED_PARTY"],
  ["Trpty", "RELATED_PARTY"],
  ["ChqFr", "RELATED_PARTY"],
  ["DlvrTo", "RELATED_PARTY"],
  ["Issr", "RELATED_PARTY"],
  ["Assgnr", "RELATED_PARTY"],
  ["Assgne", "RELATED_PARTY"],
  ["Pty", "RELATED_PARTY"],
  ["CdtrSchmeId", "RELATED_PARTY"],
]);

export const agentRoles: ReadonlyMap<string, AgentRole> = new Map<string, AgentRole>([
  ["DbtrAgt", "DEBTOR_AGENT"],
  ["CdtrAgt", "CREDITOR_AGENT"],
  ["IntrmyAgt", "INTERMEDIARY"],
  ["IntrmyAgt1", "INTERMEDIARY"],
  ["IntrmyAgt2", "INTERMEDIARY"],
  ["IntrmyAgt3", "INTERMEDIARY"],
  ["PrvsInstgAgt", "PREVIOUS_INSTRUCTING"],
  ["PrvsInstgAgt1", "PREVIOUS_INSTRUCTING"],
  ["PrvsInstgAgt2", "PREVIOUS_INSTRUCTING"],
  ["PrvsInstgAgt3", "PREVIOUS_INSTRUCTING"],
  ["InstgAgt", "INSTRUCTING"],
  ["InstdAgt", "INSTRUCTED"],
  ["InstgRmbrsmntAgt", "REIMBURSEMENT"],
  ["InstdRmbrsmntAgt", "REIMBURSEMENT"],
  ["ThrdRmbrsmntAgt", "REIMBURSEMENT"],
  ["ChrgsAcctAgt", "OTHER"],
  ["FwdgAgt", "OTHER"],
  ["FndgAgt", "OTHER"],
  ["Agt", "OTHER"],
]);

/** Institutions in the place of a customer. */
export const institutionRoles: ReadonlyMap<string, AgentRole> = new Map<string, AgentRole>([
  ["Dbtr", "DEBTOR_INSTITUTION"],
  ["UltmtDbtr", "DEBTOR_INSTITUTION"],
  ["Cdtr", "CREDITOR_INSTITUTION"],
  ["UltmtCdtr", "CREDITOR_INSTITUTION"],
]);

/** Of which a transaction has one. */
export const onlyOnce: ReadonlySet<string> = new Set(["Dbtr", "Cdtr", "DbtrAcct", "CdtrAcct", "DbtrAgt", "CdtrAgt"]);
