/** What a line of free text is there for. */
export type TextRole = "REMITTANCE_INFORMATION" | "MESSAGE" | "PURPOSE";
