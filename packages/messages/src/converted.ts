import type { AgentRole, PartyRole, Payment, Piece, Remittance } from "@cordon/schemas";

import type { Where } from "./message-error.ts";

/** How a text is compared. */
export type FieldKind =
  | "NAME"
  | "TEXT"
  | "ADDRESS"
  | "TOWN"
  | "COUNTRY"
  | "BIC"
  | "IBAN"
  | "ACCOUNT"
  | "LEI"
  | "CLEARING"
  | "ID"
  | "PHONE"
  | "EMAIL"
  | "BIRTH_DATE"
  | "BIRTH_PLACE";

export type FieldRole =
  | PartyRole
  | AgentRole
  | "REMITTANCE_INFORMATION"
  | "PURPOSE"
  | "INSTRUCTION"
  | "REGULATORY_REPORTING";

/** One screened text of a message, as it stands there, and where in the event it went. */
export interface ConvertedField {
  readonly path: string;
  readonly role: FieldRole;
  readonly kind: FieldKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly eventPath: string;
  readonly pieces?: readonly Piece[];
}

/** What became of one transaction of a message, or why no event could be made. */
export type Converted =
  | { readonly kind: "payment"; readonly event: Payment; readonly fields: readonly ConvertedField[] }
  | { readonly kind: "remittance"; readonly event: Remittance; readonly fields: readonly ConvertedField[] }
  | {
      readonly kind: "error";
      readonly code: string;
      /** Never quotes the message. */
      readonly message: string;
      readonly where: Where;
      readonly transaction?: number;
    };
