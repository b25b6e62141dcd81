/** The project's own events. */
export type EventType = "payment" | "remittance";
