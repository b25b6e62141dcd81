import { agentRoleSymbols, partyRoleSymbols, railSymbols, remittanceChannelSymbols } from "@cordon/schemas";

import { type KnownWords, policySchema } from "./schema.ts";

export const knownWords: KnownWords = {
  rails: railSymbols,
  channels: remittanceChannelSymbols,
  partyRoles: partyRoleSymbols,
  agentRoles: agentRoleSymbols,
};

/** The schema as `schemas/policy/policy.schema.json` has it. */
export const policyFileSchema = policySchema(knownWords);
