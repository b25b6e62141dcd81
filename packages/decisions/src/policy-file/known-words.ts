import type { AgentRole, PartyRole, Rail, RemittanceChannel } from "@cordon/schemas";

import { type KnownWords, policySchema } from "./schema.ts";

/** Complete by their types: a symbol that is added to a schema does not compile before it stands here. */
const rails: Readonly<Record<Rail, true>> = {
  OTHER: true,
  SWIFT: true,
  SEPA_CREDIT: true,
  SEPA_INSTANT: true,
  FPS: true,
  CHAPS: true,
  BACS: true,
  TARGET2: true,
  FEDWIRE: true,
  ACH: true,
  RTP: true,
  INTERNAL: true,
  FEDNOW: true,
};

const channels: Readonly<Record<RemittanceChannel, true>> = {
  OTHER: true,
  CASH: true,
  BANK_DEPOSIT: true,
  MOBILE_WALLET: true,
  CARD: true,
  CRYPTO: true,
};

const partyRoles: Readonly<Record<PartyRole, true>> = {
  OTHER: true,
  DEBTOR: true,
  ULTIMATE_DEBTOR: true,
  INITIATING_PARTY: true,
  CREDITOR: true,
  ULTIMATE_CREDITOR: true,
  SENDER: true,
  BENEFICIARY: true,
  RELATED_PARTY: true,
};

const agentRoles: Readonly<Record<AgentRole, true>> = {
  OTHER: true,
  DEBTOR_AGENT: true,
  CREDITOR_AGENT: true,
  INTERMEDIARY: true,
  INSTRUCTING: true,
  INSTRUCTED: true,
  PREVIOUS_INSTRUCTING: true,
  CORRESPONDENT: true,
  PAYOUT_AGENT: true,
  COLLECTION_AGENT: true,
  DEBTOR_INSTITUTION: true,
  CREDITOR_INSTITUTION: true,
  REIMBURSEMENT: true,
};

export const knownWords: KnownWords = {
  rails: Object.keys(rails),
  channels: Object.keys(channels),
  partyRoles: Object.keys(partyRoles),
  agentRoles: Object.keys(agentRoles),
};

/** The schema as `schemas/policy/policy.schema.json` has it. */
export const policyFileSchema = policySchema(knownWords);
