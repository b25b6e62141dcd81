/** What a text that belongs to no party or agent is there for. */
export type TextRole =
  | "REMITTANCE_INFORMATION"
  | "MESSAGE"
  | "INSTRUCTION"
  | "REGULATORY_REPORTING"
  | "PURPOSE"
  | "RELATIONSHIP"
  /** A reference of a message, or its type. */
  | "REFERENCE"
  /** In the place of a code of a country or a currency. */
  | "CODE";
